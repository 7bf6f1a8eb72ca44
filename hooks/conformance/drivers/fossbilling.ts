import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createApi } from '../../hosts/fossbilling/api-client.ts';
import { createCallBudget } from '../../hosts/fossbilling/call-budget.ts';
import { createFossbillingHostPort } from '../../hosts/fossbilling/host-port.ts';
import { createSignedCaller } from '../../hosts/fossbilling/module-caller.ts';
import type { StartDriver } from '../driver.ts';
import { listen } from '../../transport/listen.ts';
import { createPairingDesk } from './fossbilling-pairing.ts';
import { fossbillingLevers, makeBuyer } from './fossbilling-levers.ts';

/** A host of its own for the suite has no other callers. */
const budget = { calls: 100_000, lists: 100_000 };

/**
 * A live FOSSBilling that nobody needs, with the module Reseller active: FOSSBILLING_URL, and in FOSSBILLING_TOKEN the API
 * token of a staff member who may do everything. The module is paired with the suite, as its settings page would, and
 * stays so; two clients are made and left behind.
 */
export const startFossbilling: StartDriver = async ({ keys, pluginUrl }) => {
  const { FOSSBILLING_URL, FOSSBILLING_TOKEN = '' } = process.env;
  if (!FOSSBILLING_URL || FOSSBILLING_TOKEN === '') {
    throw new Error('Set FOSSBILLING_URL and FOSSBILLING_TOKEN, of a FOSSBilling that nobody needs.');
  }
  const hostUrl = FOSSBILLING_URL.replace(/\/+$/, '');
  const admin = createApi({ baseUrl: hostUrl, staffToken: FOSSBILLING_TOKEN, budget: createCallBudget(budget) });
  const desk = createPairingDesk(hostUrl, keys);
  // The module speaks to one address: what is no pairing goes on to the suite's plugin.
  const web = await listen(async (request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname.endsWith('/hooks/v1/pair')) return desk.answer(request);
    const body = request.method === 'GET' ? null : await request.text();
    const headers = Object.fromEntries(
      [...request.headers].filter(([name]) => !['host', 'content-length', 'connection'].includes(name)),
    );
    const answer = await fetch(pluginUrl + pathname + search, { method: request.method, headers, body });
    const passed = [...answer.headers].filter(([name]) => name !== 'content-encoding' && name !== 'content-length');
    return new Response(answer.status === 304 ? null : await answer.text(), { status: answer.status, headers: passed });
  });
  try {
    await admin.call('reseller/pair', { address: web.url, code: desk.newCode() }, z.unknown(), { kind: 'write' });
    const port = createFossbillingHostPort({
      baseUrl: hostUrl,
      staffToken: desk.token(),
      module: createSignedCaller({ baseUrl: hostUrl, keys, timeoutMs: 20_000 }),
      budget,
    });
    const { currency } = await port.describe({});
    const buyers = [await makeBuyer(admin, currency), await makeBuyer(admin, currency)];
    const { methods } = await port['paymentMethods.list']({ clientId: buyers[0]!.id });
    const gateway = methods.find(({ credit }) => !credit)?.id ?? '1';
    const stopCron = runCron(() => admin.call('cron/run', {}, z.unknown(), { kind: 'write' }));
    return {
      baseUrl: `${hostUrl}/reseller`,
      callPathEnd: '/',
      port,
      clients: { reseller: buyers[0]!.id, ordinary: buyers[1]!.id },
      levers: {
        ...fossbillingLevers(hostUrl, admin, buyers, gateway),
        portWithoutRights: () => createFossbillingHostPort({ baseUrl: hostUrl, staffToken: 'a-token-of-nobody' }),
        portTo: (baseUrl) => createFossbillingHostPort({ baseUrl, staffToken: desk.token() }),
      },
      pull: async () => void (await admin.call('reseller/prices_pull', {}, z.unknown(), { kind: 'write' })),
      stop: async () => {
        await stopCron();
        await web.stop();
      },
    };
  } catch (error) {
    await web.stop();
    throw error;
  }
};

/** The host's cron, which delivers events, again and again: a real one runs every five minutes. */
function runCron(run: () => Promise<unknown>): () => Promise<void> {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // A run that another one overtook is refused; the next one does its work.
      await run().catch(() => undefined);
      await sleep(2000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return async () => {
    stopping.abort();
    await running;
  };
}
