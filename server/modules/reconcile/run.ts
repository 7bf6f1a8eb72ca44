import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { Reseller } from '../reseller/entity.ts';
import { catchUp } from './catch-up.ts';
import { compareInvoices } from './compare-invoices.ts';
import { compareOrders } from './compare-orders.ts';
import { compareServices } from './compare-services.ts';
import { Difference, ReconcileRun } from './entity.ts';
import { type Found, identity } from './found.ts';
import { readHost } from './read-host.ts';
import { differenceRow } from './row.ts';

/** Resellers that are compared in one go: one set of host calls each. */
const BATCH = 100;

/**
 * Compares what the host stores and will invoice with locks, orders and ledger, and keeps every difference in money.
 * One that is found again stays the same difference; one that is gone is closed. The truth: events only make it faster.
 */
export const runReconcile = verb({
  procedure: 'reconcile.run',
  permission: 'problems:repair',
  mode: 'steps',
  input: z.object({}),
  run: async (ctx) => {
    const runId = newId('rec');
    const em = ctx.em.fork();
    await em.insert(ReconcileRun, { id: runId, startedAt: ctx.now, finishedAt: null, error: null });
    const resellers = await em.find(Reseller, {}, { orderBy: { id: 'asc' } });
    const found: Found[] = [];
    for (let start = 0; start < resellers.length; start += BATCH) {
      const batch = resellers.slice(start, start + BATCH);
      const report = await readHost(
        ctx.host,
        batch.map(({ hostClientId }) => hostClientId),
      );
      // After the reading: every event of what was read is then known, or lost.
      await catchUp(ctx);
      const inside = { ...ctx, em: ctx.em.fork() };
      found.push(
        ...(await compareServices(inside, batch, report)),
        ...(await compareInvoices(inside, batch, report)),
        ...(await compareOrders(inside, batch, report)),
      );
    }
    const open = await keep(ctx, runId, found);
    return { run: runId, resellers: resellers.length, differences: open.map(differenceRow) };
  },
});

async function keep(ctx: ServiceContext, runId: string, found: Found[]): Promise<Difference[]> {
  return ctx.em.fork().transactional(async (em) => {
    const held = new Map(
      (await em.find(Difference, { status: 'open' })).map((difference) => [identity(difference), difference]),
    );
    const open: Difference[] = [];
    const settled = await settledBefore(em);
    for (const facts of found) {
      if (settled.has(`${identity(facts)} ${facts.actual}`)) continue;
      const known = held.get(identity(facts));
      held.delete(identity(facts));
      open.push(
        known
          ? em.assign(known, { ...facts, runId })
          : em.create(Difference, {
              id: newId('dif'),
              runId,
              ...facts,
              status: 'open',
              foundAt: ctx.now,
              closedAt: null,
            }),
      );
    }
    for (const gone of held.values()) {
      gone.status = 'gone';
      gone.closedAt = ctx.now;
    }
    await em.nativeUpdate(ReconcileRun, runId, { finishedAt: new Date() });
    return open;
  });
}

/** Lines of paid invoices never change: one that was settled by credit, or accepted, is not reported again. */
async function settledBefore(em: ServiceContext['em']): Promise<Set<string>> {
  const settled = await em.find(Difference, { status: 'repaired', subjectType: 'invoice_line' });
  return new Set(
    settled.filter(({ detail }) => detail['paid'] === true).map((row) => `${identity(row)} ${row.actual}`),
  );
}
