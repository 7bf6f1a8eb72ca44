import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { Orm } from '../../platform/database/orm.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { withRetry } from '../../platform/database/retry.ts';

/** A limit as a call left it: what `RateLimit` and `Retry-After` say. */
export interface RateState {
  /** What is counted: the key, or all keys of its reseller. */
  name: 'key' | 'reseller';
  /** Calls a minute. */
  quota: number;
  remaining: number;
  /** Seconds until the next minute begins. */
  resetSeconds: number;
}

/** A limit that a call counts against. `burst`: how much of what a minute left over the next one may use. */
export interface Limit {
  name: RateState['name'];
  id: string;
  quota: number;
  burst: number;
}

export interface RateLimiter {
  /** Counts one call. `allowed` is false once the minute's calls are used up. */
  take(limit: Limit): Promise<{ allowed: boolean; state: RateState }>;
}

/** Calls of a minute that this process may still hand out by itself. */
interface Lease {
  quota: number;
  /** The quota and what was carried. */
  capacity: number;
  left: number;
  /** What all processes together may still take beyond it. */
  beyond: number;
  /** Unix milliseconds. */
  ends: number;
}

interface Ask {
  limit: Limit;
  calls: number;
}
interface Counted {
  used: number;
  carried: number;
  startedAt: string;
}

/*
 * A minute begins with its first call. Sorted, so that two processes never wait for each other crosswise. The table is
 * unlogged: after a crash of the database every minute begins anew.
 */
const COUNT = prepared(
  'api-rate-count',
  `insert into api_rate as b (name, started_at, used, carried)
   select a.id, ?::timestamptz, a.calls, 0 from unnest(?::text[], ?::int[]) as a(id, calls) order by a.id
   on conflict (name) do update set
     started_at = case when b.started_at <= excluded.started_at - interval '1 minute' then excluded.started_at else b.started_at end,
     carried = case when b.started_at > excluded.started_at - interval '1 minute' then b.carried
       else (select least(l.burst, greatest(0, case when b.started_at <= excluded.started_at - interval '2 minutes' then l.quota
                                                    else l.quota + b.carried - b.used end))
               from unnest(?::text[], ?::int[], ?::int[]) as l(id, quota, burst) where l.id = b.name) end,
     used = case when b.started_at <= excluded.started_at - interval '1 minute' then excluded.used
                 else least(b.used + excluded.used, 1000000000) end
   returning name as id, used, carried, started_at as "startedAt"`,
);

const MINUTE_MS = 60_000;
/** Half of a limit is handed to processes in sixteenths: most calls are counted without asking the database. */
const LEASES = 16;
/** More keys at once than any process serves; what is forgotten was counted already. */
const MOST_LEASES = 100_000;

/**
 * Limits that all processes share. The database counts; while a limit is less than half used, a process takes some calls
 * more than it needs, and counts those down by itself. So no more than the limit is ever let in, whatever number of
 * processes there are, and the last half is shared call by call.
 */
export function createRateLimiter(orm: Orm, clock: () => Date): RateLimiter {
  const leases = new LRUCache<string, Lease>({ max: MOST_LEASES });
  // All calls of one turn on one limit are one ask: they wait for it together, and share what it brings.
  const asking = new Map<string, { ask: Ask; lease: Promise<Lease> }>();

  const load = async (asks: readonly Ask[]): Promise<Counted[]> => {
    // From here on the next call asks for itself.
    for (const { limit } of asks) asking.delete(limit.id);
    const ids = asks.map(({ limit }) => limit.id);
    const values = [
      clock(),
      ids,
      asks.map(({ calls }) => calls),
      ids,
      asks.map(({ limit }) => limit.quota),
      asks.map(({ limit }) => limit.burst),
    ];
    const rows = await withRetry(() => executePrepared<Counted & { id: string }>(orm.em, COUNT, values));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return asks.map(({ limit }) => byId.get(limit.id)!);
  };
  const loader = new DataLoader<Ask, Counted>(load, { cache: false, batchScheduleFn: setImmediate });

  const ask = (limit: Limit, held: Lease | undefined): Promise<Lease> => {
    const known = asking.get(limit.id);
    if (known) {
      known.ask.calls += 1;
      return known.lease;
    }
    const extra = held && held.beyond > held.capacity / 2 ? Math.floor(held.capacity / LEASES) : 0;
    const mine: Ask = { limit, calls: 1 + extra };
    const lease = loader.load(mine).then(({ used, carried, startedAt }) => {
      const ends = new Date(startedAt).getTime() + MINUTE_MS;
      const capacity = limit.quota + carried;
      const granted = Math.max(0, Math.min(mine.calls, capacity - (used - mine.calls)));
      // What an ask of the turn before brought and nobody took yet is still there to be taken.
      const before = leases.get(limit.id);
      const kept = before && before.ends === ends ? before.left : 0;
      const made = { quota: limit.quota, capacity, left: granted + kept, beyond: Math.max(0, capacity - used), ends };
      leases.set(limit.id, made);
      return made;
    });
    asking.set(limit.id, { ask: mine, lease });
    return lease;
  };

  return {
    async take(limit) {
      const now = clock().getTime();
      const found = leases.get(limit.id);
      const held = found && found.ends > now && found.quota === limit.quota ? found : undefined;
      // Used up is used up until the minute ends: nobody has to be asked again.
      const lease = held && (held.left > 0 || held.beyond === 0) ? held : await ask(limit, held);
      const allowed = lease.left > 0;
      if (allowed) lease.left -= 1;
      return {
        allowed,
        state: {
          name: limit.name,
          quota: limit.quota,
          remaining: lease.left + lease.beyond,
          resetSeconds: Math.max(1, Math.ceil((lease.ends - now) / 1000)),
        },
      };
    },
  };
}
