import type { Request } from 'autocannon';
import type { Bench } from './support/bench.ts';
import { startChild } from './support/child.ts';
import { httpLoad } from './support/http-load.ts';
import type { Load } from './support/in-process-load.ts';
import type { KeyQuestion, KeysReady } from './support/key-service.ts';
import { compared } from './support/line.ts';
import { startPeer } from './support/peer.ts';
import { itemRequests } from './support/requests.ts';
import type { SelectReady } from './support/select-service.ts';

const CONNECTIONS = 20;
const CALLERS = [1, 10] as const;
const BETTER_AUTH = 'better-auth verifyApiKey';

/**
 * Reading an event with all a key takes (look-up, addresses, limits that count, call log) beside Hono and one
 * SELECT; and the check of a key by itself beside better-auth's.
 */
export const keys: Bench = {
  name: 'keys',
  run: async ({ quick, database, say }) => {
    const rounds = quick ? 2 : 5;
    const seconds = quick ? 1 : 3;
    say('keys: starting the service, Hono and better-auth');
    const ours = await startChild<KeysReady>(new URL('./support/key-service.ts', import.meta.url), {
      databaseUrl: await database('keys'),
    });
    const select = await startChild<SelectReady>(new URL('./support/select-service.ts', import.meta.url), {
      databaseUrl: await database('keys_select_peer'),
    });
    const source = { folder: 'better-auth', script: 'keys.js', package: 'better-auth', size: '40 MB' };
    const peer = await startPeer<KeyQuestion>(source, await database('better_auth_peer'), say);

    const reads = ours.ready.keys.map((key): Request => ({
      method: 'GET',
      path: `/trpc/events.list?input=${encodeURIComponent('{"limit":1}')}`,
      headers: { authorization: `Bearer ${key}` },
    }));
    const selects = itemRequests(select.ready.rows);
    const samples = new Map<string, number[]>();
    const keep = (name: string, { perSecond }: { perSecond: number }) =>
      samples.set(name, [...(samples.get(name) ?? []), perSecond]);
    const round = async (duration: number) => {
      keep('hono', await httpLoad(select.ready.url, selects, { connections: CONNECTIONS, seconds: duration }));
      keep('http', await httpLoad(ours.ready.url, reads, { connections: CONNECTIONS, seconds: duration }));
      for (const callers of CALLERS) {
        const question: KeyQuestion = { callers, seconds: duration / 2 };
        keep(`check ${callers}`, await ours.ask<Load>(question));
        if (!('reason' in peer)) keep(`better-auth ${callers}`, await peer.measure(question));
      }
    };
    say('keys: warming up');
    for (let turn = 0; turn < (quick ? 1 : 3); turn += 1) await round(seconds);
    samples.clear();
    for (let turn = 1; turn <= rounds; turn += 1) {
      say(`keys: round ${turn} of ${rounds}`);
      await round(seconds);
    }
    await Promise.all([ours.stop(), select.stop(), 'reason' in peer ? null : peer.stop()]);

    const of = (name: string) => samples.get(name) ?? [];
    return [
      compared(
        { bench: 'keys.read', unit: 'req/s', ours: of('http') },
        { name: 'Hono + 1 prepared SELECT', samples: of('hono') },
        0.5,
      ),
      ...CALLERS.map((callers) =>
        compared(
          {
            bench: callers === 1 ? 'keys.check' : `keys.check-${callers}-callers`,
            unit: 'checks/s',
            ours: of(`check ${callers}`),
          },
          'reason' in peer
            ? { name: BETTER_AUTH, reason: peer.reason }
            : { name: BETTER_AUTH, samples: of(`better-auth ${callers}`) },
          10,
        ),
      ),
    ];
  },
};
