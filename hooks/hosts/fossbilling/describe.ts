import { z } from 'zod';
import { CONTRACT_VERSION, type CallResponse, type Capability } from '../../contract/index.ts';
import { decimalText } from './decimal-text.ts';
import type { FossbillingHost } from './host.ts';
import { looseText } from './loose.ts';
import { baseCurrency } from './shop.ts';

/** What the host can do without the module. */
export const ownCapabilities: readonly Capability[] = [
  'addonProducts',
  'domains',
  'setupFees',
  'refunds',
  'accountCredit',
  'paymentMethods',
  'tickets',
  'income',
  'cancelOrder',
];
/** FOSSBilling shows an invoice by its hash only; the list of them is as near as a link by id comes. */
const urls = {
  client: '/admin/client/manage/{id}',
  invoice: '/invoice',
  order: '/order/service/manage/{id}',
  service: '/order/service/manage/{id}',
  tickets: '/support',
};
const KEPT_MS = 300_000;

/**
 * describe: the host's name, version and currency, kept for some minutes. With our module in the host, what that says it
 * can do comes on top. `fresh`: asked again all the same, for whoever judges the state of the connection.
 */
export function createDescribe(host: FossbillingHost, now: () => number = Date.now) {
  let kept: { at: number; about: CallResponse<'describe'> } | null = null;

  async function read(): Promise<CallResponse<'describe'>> {
    const { api, module, zone } = host;
    const bridge = module && (await module.describe({}));
    const company = await api.call('system/company', {}, z.object({ name: looseText }), { role: 'guest' });
    const shop = await host.readShop();
    const name = company.name || 'FOSSBilling';
    return {
      kind: 'fossbilling',
      name: name.slice(0, 100),
      version: ((await readVersion(host)) ?? bridge?.version ?? 'unknown').slice(0, 40),
      contract: CONTRACT_VERSION,
      capabilities: [...new Set([...ownCapabilities, ...(bridge?.capabilities ?? [])])],
      zone: bridge?.zone ?? zone,
      currency: baseCurrency(shop),
      rates: shop.currencies.flatMap(({ code, conversion_rate }) => {
        const rate = decimalText(conversion_rate);
        return rate === null || code === baseCurrency(shop) ? [] : [{ currency: code, rate }];
      }),
      urls: bridge?.urls ?? urls,
      ...(bridge?.health ? { health: bridge.health } : {}),
      ...(bridge?.problems ? { problems: bridge.problems } : {}),
    };
  }

  return async function describe(fresh = false): Promise<CallResponse<'describe'>> {
    if (fresh || kept === null || now() - kept.at >= KEPT_MS) kept = { at: now(), about: await read() };
    return { ...kept.about, now: new Date(host.api.hostNow()).toISOString() };
  };
}

/** The only call that tells it is one about updates, to which a scoped token has no right: null then. */
async function readVersion({ api }: FossbillingHost): Promise<string | null> {
  const answer = z.object({ current_version: z.string() });
  try {
    return (await api.call('system/update_finalization_status', {}, answer)).current_version;
  } catch {
    return null;
  }
}
