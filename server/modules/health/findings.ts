import type { EntityManager } from '@mikro-orm/postgresql';
import type { DoctorReport } from '../../doctor/run.ts';

type Found = DoctorReport['checks'][number];

/** What is known of one check. Never looked at: `unknown`. Moments are UTC. */
export interface Finding {
  id: string;
  status: Found['status'] | 'unknown';
  /** What was found, in words. */
  what: string | null;
  /** What to do about it. */
  mend: string | null;
  lookedAt: string | null;
  /** When it was last in order. */
  goodAt: string | null;
}

/** Keeps what was found at a moment in place of what was found before; the last good moment stays. */
export async function keepFindings(em: EntityManager, now: Date, found: readonly Found[]): Promise<void> {
  await em.execute(
    `insert into health_check (id, status, what, mend, looked_at, good_at)
     select id, status, what, mend, ?, case when status = 'ok' then ?::timestamptz end
       from jsonb_to_recordset(?) as f (id text, status text, what text, mend text)
     on conflict (id) do update set status = excluded.status, what = excluded.what, mend = excluded.mend,
       looked_at = excluded.looked_at, good_at = coalesce(excluded.good_at, health_check.good_at)`,
    [now, now, JSON.stringify(found)],
  );
}

/** What was found last, in the order in which it is mended. */
export async function readFindings(em: EntityManager, ids: readonly string[]): Promise<Finding[]> {
  const rows = await em.execute<
    (Omit<Finding, 'lookedAt' | 'goodAt'> & { lookedAt: Date | string; goodAt: Date | string | null })[]
  >(`select id, status, what, mend, looked_at as "lookedAt", good_at as "goodAt" from health_check`);
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = known.get(id);
    if (!row) return { id, status: 'unknown', what: null, mend: null, lookedAt: null, goodAt: null };
    const { lookedAt, goodAt } = row;
    return {
      ...row,
      lookedAt: new Date(lookedAt).toISOString(),
      goodAt: goodAt === null ? null : new Date(goodAt).toISOString(),
    };
  });
}
