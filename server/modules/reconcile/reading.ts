import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { ReconcileRun } from './entity.ts';
import { type HostReport, type Part, parts, readPage } from './read-host.ts';

/** What was read longer ago says too little of today: the comparison then begins anew. */
const TOO_OLD_HOURS = 3;

/** A comparison that may take several runs, since a host limits how much is asked of it in an hour. */
export interface Reading {
  runId: string;
  /** The last reseller whose comparison is done; empty text at first. */
  doneThrough: string;
}

interface Row {
  run_id: string;
  done_through: string;
  client_ids: string[] | null;
  part: Part | 'end';
  cursor: string;
}

/** The comparison that was interrupted, or a new one. */
export async function openReading({ em, now }: ServiceContext): Promise<Reading> {
  return em.fork().transactional(async (inside) => {
    await inside.execute('select pg_advisory_xact_lock(?)', [7_203_003]);
    const [row] = await inside.execute<{ runId: string; doneThrough: string }[]>(
      `select run_id as "runId", done_through as "doneThrough" from reconcile_reading
        where touched_at > ?::timestamptz - make_interval(hours => ?)`,
      [now, TOO_OLD_HOURS],
    );
    if (row) return row;
    await discard(inside);
    const runId = newId('rec');
    await inside.insert(ReconcileRun, { id: runId, startedAt: now, finishedAt: null, error: null });
    await inside.execute('insert into reconcile_reading (run_id, touched_at) values (?, ?)', [runId, now]);
    return { runId, doneThrough: '' };
  });
}

/**
 * Everything the host holds of these clients. Each page is kept as it comes, so that after a `rate_limited` the next
 * call goes on behind it.
 * @throws HostError, conflict when another process reads at the same time
 */
export async function readOn(ctx: ServiceContext, { runId }: Reading, clientIds: string[]): Promise<HostReport> {
  let { part, cursor }: Pick<Row, 'part' | 'cursor'> = await position(ctx.em.fork(), runId, clientIds);
  while (part !== 'end') {
    const before = { part, cursor };
    const page = await readPage(ctx.host, part, clientIds, cursor);
    const next =
      page.cursor === null
        ? { part: parts[parts.indexOf(part) + 1] ?? ('end' as const), cursor: '' }
        : { part, cursor: page.cursor };
    await ctx.em.fork().transactional(async (em) => {
      const moved = await em.execute<unknown[]>(
        'update reconcile_reading set part = ?, cursor = ?, touched_at = ? where run_id = ? and part = ? and cursor = ? returning 1',
        [next.part, next.cursor, ctx.now, runId, before.part, before.cursor],
        'all',
      );
      if (moved.length === 0) throw anotherRuns();
      await em.execute('insert into reconcile_page (part, entries) values (?, ?)', [
        before.part,
        JSON.stringify(page.entries),
      ]);
    });
    ({ part, cursor } = next);
  }
  return assemble(ctx.em.fork());
}

/** These resellers are compared: what was read of them is dropped. In the transaction that keeps what was found. */
export async function markDone(em: EntityManager, { runId }: Reading, lastReseller: string): Promise<void> {
  const moved = await em.execute<unknown[]>(
    `update reconcile_reading set done_through = ?, client_ids = null, part = 'orders', cursor = '' where run_id = ? returning 1`,
    [lastReseller, runId],
    'all',
  );
  if (moved.length === 0) throw anotherRuns();
  await em.execute('delete from reconcile_page');
}

/** The comparison is complete. */
export async function closeReading(em: EntityManager, { runId }: Reading): Promise<void> {
  await em.nativeUpdate(ReconcileRun, runId, { finishedAt: new Date() });
  await discard(em);
}

/** Where the reading of these clients stands; from the beginning when they are others than before. */
async function position(em: EntityManager, runId: string, clientIds: string[]): Promise<Row> {
  return em.transactional(async (inside) => {
    const [row] = await inside.execute<Row[]>('select * from reconcile_reading where run_id = ? for update', [runId]);
    if (!row) throw anotherRuns();
    if (JSON.stringify(row.client_ids) === JSON.stringify(clientIds)) return row;
    const fresh = { ...row, client_ids: clientIds, part: 'orders' as const, cursor: '' };
    await inside.execute('delete from reconcile_page');
    await inside.execute(`update reconcile_reading set client_ids = ?, part = 'orders', cursor = '' where run_id = ?`, [
      JSON.stringify(clientIds),
      runId,
    ]);
    return fresh;
  });
}

async function assemble(em: EntityManager): Promise<HostReport> {
  const report = { orders: [], services: [], invoices: [] } as Record<Part, unknown[]>;
  const rows = await em.execute<{ part: Part; entries: unknown[] }[]>(
    'select part, entries from reconcile_page order by id',
  );
  for (const { part, entries } of rows) report[part].push(...entries);
  return report as unknown as HostReport;
}

async function discard(em: EntityManager): Promise<void> {
  await em.execute('delete from reconcile_page');
  await em.execute('delete from reconcile_reading');
}

function anotherRuns(): ServiceError {
  return new ServiceError('conflict', 'Another comparison runs at this moment. Look at its result in a minute.');
}
