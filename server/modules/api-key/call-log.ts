import type { Orm } from '../../platform/database/orm.ts';
import type { Log } from '../../platform/log.ts';

/** One call with a key that we know. Never holds the key, a body or a query. */
export interface Call {
  at: Date;
  keyId: string;
  resellerId: string | null;
  method: string;
  path: string;
  status: number;
  /** ok, or the stable code of the refusal. */
  outcome: string;
  durationMs: number;
  requestId: string;
  sourceAddress: string | null;
}

export interface CallLog {
  add(call: Call): void;
  /** Writes what waits: before the process ends, and before a test looks. */
  flush(): Promise<void>;
}

/** Written together each second; beyond this many at once the rest is counted as lost, for memory's sake. */
const EVERY_MS = 1000;
const MOST = 20_000;

/*
 * Log, usage per day and last use. Sorted where rows are shared, so that two processes never wait for each other
 * crosswise; last use is written at most once a minute.
 */
const WRITE = `with given as materialized (
    select * from jsonb_to_recordset(?::jsonb) as x(
      at timestamptz, "keyId" text, "resellerId" text, method text, path text, status smallint, outcome text,
      "durationMs" int, "requestId" text, "sourceAddress" text)
  ), logged as (
    insert into api_call (at, key_id, reseller_id, method, path, status, outcome, duration_ms, request_id, source_address)
    select at, "keyId", "resellerId", method, path, status, outcome, "durationMs", "requestId", "sourceAddress" from given
  )
  insert into api_usage as u (key_id, day, outcome, calls)
  select "keyId", (at at time zone 'UTC')::date, outcome, count(*) from given group by 1, 2, 3 order by 1, 2, 3
  on conflict (key_id, day, outcome) do update set calls = u.calls + excluded.calls`;
const USED = `update api_key k set last_used_at = x.at, last_used_from = x.address
  from (select distinct on ("keyId") "keyId", at, "sourceAddress" as address
          from jsonb_to_recordset(?::jsonb) as y("keyId" text, at timestamptz, "sourceAddress" text)
         order by "keyId", at desc) x
 where k.id = x."keyId" and (k.last_used_at is null or k.last_used_at < x.at - interval '1 minute')`;

/** Keeps calls for a moment and writes them together: no caller waits for its own line. */
export function createCallLog(orm: Orm, log: Log): CallLog {
  let waiting: Call[] = [];
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    const calls = waiting;
    waiting = [];
    if (lost > 0) log.warn({ lost }, 'calls not logged');
    lost = 0;
    if (calls.length === 0) return;
    try {
      const em = orm.em.fork();
      const text = JSON.stringify(calls);
      await em.execute(WRITE, [text]);
      await em.execute(USED, [text]);
    } catch (error) {
      log.warn({ calls: calls.length, error: error instanceof Error ? error.message : 'unknown' }, 'calls not logged');
    }
  };
  const flush = (): Promise<void> => (writing = writing.then(write));
  return {
    add: (call) => {
      if (waiting.length >= MOST) {
        lost += 1;
        return;
      }
      waiting.push(call);
      timer ??= setTimeout(() => void flush(), EVERY_MS).unref();
    },
    flush,
  };
}
