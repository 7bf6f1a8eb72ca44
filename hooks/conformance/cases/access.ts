import { createHttpHostPort } from '../../transport/http-host-port.ts';
import { createKeys } from '../../transport/keys.ts';
import type { ConformanceCase } from '../case.ts';
import { expectRefusal } from '../expect.ts';
import { listen } from '../../transport/listen.ts';

/** What the plugin is told when it may not, or cannot, ask the host. */
export const accessCases: readonly ConformanceCase[] = [
  {
    id: 'access.foreign-keys-are-told',
    async run({ driver, keys }) {
      const foreign = { ...createKeys(), installation: keys.installation };
      const baseUrl = driver.baseUrl;
      const end = driver.callPathEnd ?? '';
      const port = createHttpHostPort({
        baseUrl,
        keys: foreign,
        fetch: (url, init) => fetch(`${String(url)}${end}`, init),
      });
      await expectRefusal('a call with foreign keys', ['unauthorised'], port['changes.read']({ cursor: '', limit: 1 }));
      await expectRefusal('locks with foreign keys', ['unauthorised'], port['locks.publish']({ locks: [] }));
    },
  },
  {
    id: 'access.missing-rights-are-told',
    levers: ['portWithoutRights'],
    async run({ levers, driver }) {
      const port = levers.portWithoutRights();
      const clientIds = [driver.clients.reseller];
      await expectRefusal('reading orders', ['unauthorised'], port['orders.list']({ clientIds, limit: 1 }));
      const cancel = { orderId: '987654321', reason: 'conformance' };
      await expectRefusal('cancelling an order', ['unauthorised'], port['orders.cancel'](cancel));
    },
  },
  {
    id: 'access.host-away-is-told',
    levers: ['portTo'],
    async run({ levers, driver }) {
      const gone = await listen(() => new Response());
      await gone.stop();
      const clientIds = [driver.clients.reseller];
      const away = levers.portTo(gone.url);
      await expectRefusal('a host that is away', ['unreachable'], away['orders.list']({ clientIds, limit: 1 }));
      const failing = await listen(() => new Response('<h1>502 Bad Gateway</h1>', { status: 502 }));
      try {
        const port = levers.portTo(failing.url);
        const codes = ['unavailable', 'bad_answer'] as const;
        await expectRefusal('a proxy without its host', [...codes], port['orders.list']({ clientIds, limit: 1 }));
      } finally {
        await failing.stop();
      }
    },
  },
];
