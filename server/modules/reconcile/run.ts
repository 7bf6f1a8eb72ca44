import { z } from 'zod';
import { HostError } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Reseller } from '../reseller/entity.ts';
import { type BridgeDifference, leftOver, readBridgeDifferences } from './bridge-differences.ts';
import { catchUp } from './catch-up.ts';
import { compareInvoices } from './compare-invoices.ts';
import { compareOrders } from './compare-orders.ts';
import { compareServices } from './compare-services.ts';
import { Difference } from './entity.ts';
import { type Found, identity } from './found.ts';
import { closeReading, markDone, openReading, type Reading, readOn } from './reading.ts';
import { differenceRow } from './row.ts';

/** Resellers that are compared in one go: one set of host calls each. */
const BATCH = 100;
/** How long to wait when a host that asks to slow down does not say for how long. */
const WAIT_SECONDS = 900;

/**
 * Compares what the host stores and will invoice with locks, orders and ledger, and keeps every difference in money.
 * One that is found again stays the same difference; one that is gone is closed. The truth: events only make it faster.
 *
 * A bridge that can, compares by itself and names what differs; only those resellers are then read. When the host asks to
 * slow down, what was read is kept, and a job goes on at `continuesAt`.
 */
export const runReconcile = verb({
  procedure: 'reconcile.run',
  permission: 'problems:repair',
  mode: 'steps',
  input: z.object({}),
  run: async (ctx) => {
    const reading = await openReading(ctx);
    const all = await ctx.em.fork().find(Reseller, {}, { orderBy: { id: 'asc' } });
    const continuesAt = await compareAll(ctx, reading, all).then(
      () => null,
      (error: unknown) => pause(ctx, error),
    );
    await recordRun(ctx, reading.runId);
    const open = await ctx.em.fork().find(Difference, { status: 'open' }, { orderBy: { foundAt: 'asc', id: 'asc' } });
    return { run: reading.runId, resellers: all.length, differences: open.map(differenceRow), continuesAt };
  },
});

/** Who asked for it; the nightly one is nobody's deed. */
async function recordRun(ctx: ServiceContext, id: string): Promise<void> {
  if (ctx.actor.kind === 'system') return;
  await ctx.em.fork().transactional(async (em) => {
    record({ ...ctx, em }, { action: 'reconcile.run', subject: { type: 'reconcile', id }, resellerId: null });
  });
}

async function compareAll(ctx: ServiceContext, reading: Reading, all: Reseller[]): Promise<void> {
  const differences = await readBridgeDifferences(ctx);
  if (differences) await catchUp(ctx);
  const concerned = differences === null ? all : await concernedBy(ctx, differences, all);
  const resellers = concerned.filter(({ id }) => id > reading.doneThrough);
  for (let start = 0; start < resellers.length; start += BATCH) {
    const batch = resellers.slice(start, start + BATCH);
    const report = await readOn(
      ctx,
      reading,
      batch.map(({ hostClientId }) => hostClientId),
    );
    // After the reading: every event of what was read is then known, or lost.
    await catchUp(ctx);
    const inside = { ...ctx, em: ctx.em.fork() };
    const found = [
      ...(await compareServices(inside, batch, report)),
      ...(await compareInvoices(inside, batch, report)),
      ...(await compareOrders(inside, batch, report)),
    ];
    if (differences) found.push(...(await leftOver(inside, batch, differences, found)));
    await keep(ctx, reading, batch, found);
  }
  await ctx.em.fork().transactional((em) => closeReading(em, reading));
}

/** Those the bridge names, and those whose differences are to be closed. */
async function concernedBy(ctx: ServiceContext, differences: BridgeDifference[], all: Reseller[]): Promise<Reseller[]> {
  const clients = new Set(differences.map(({ clientId }) => clientId));
  const open = await ctx.em
    .fork()
    .find(Difference, { status: { $in: ['open', 'ignored'] } }, { fields: ['resellerId'] });
  const waiting = new Set(open.map(({ resellerId }) => resellerId));
  return all.filter(({ id, hostClientId }) => clients.has(hostClientId) || waiting.has(id));
}

/** The moment from which on it goes on, after the host asked to wait. @throws any other error */
async function pause(ctx: ServiceContext, error: unknown): Promise<string> {
  if (!(error instanceof HostError) || error.code !== 'rate_limited') throw error;
  const seconds = error.retryAfterSeconds ?? WAIT_SECONDS;
  await ctx.em.fork().transactional((em) => ctx.enqueue(em, 'reconcile', {}, seconds));
  return new Date(ctx.now.getTime() + seconds * 1000).toISOString();
}

async function keep(ctx: ServiceContext, reading: Reading, resellers: Reseller[], found: Found[]): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const { runId } = reading;
    const of = { resellerId: { $in: resellers.map(({ id }) => id) } };
    const held = new Map(
      (await em.find(Difference, { ...of, status: { $in: ['open', 'ignored'] } })).map((each) => [
        identity(each),
        each,
      ]),
    );
    const settled = await settledBefore(em);
    const erased = new Set(resellers.filter(({ anonymisedAt }) => anonymisedAt).map(({ id }) => id));
    for (const one of found) {
      const facts = erased.has(one.resellerId) ? nameless(one) : one;
      if (settled.has(`${identity(facts)} ${facts.actual}`)) continue;
      const known = held.get(identity(facts));
      held.delete(identity(facts));
      if (known) em.assign(known, { ...facts, ...letBe(known, facts, ctx.now), runId });
      else em.create(Difference, { id: newId('dif'), runId, ...facts, ...OPEN, foundAt: ctx.now, closedAt: null });
    }
    for (const gone of held.values()) {
      em.assign(gone, { status: 'gone', ignoredUntil: null, closedAt: ctx.now });
    }
    await markDone(em, reading, resellers.at(-1)?.id ?? '');
  });
}

/** Of an erased reseller, nothing comes back that was taken away (person/erasures.ts). */
function nameless(found: Found): Found {
  const { title: _title, ...detail } = found.detail;
  return { ...found, detail };
}

const OPEN = { status: 'open', ignoredUntil: null, reason: null } as const;

/** One that is ignored stays so until its day, unless other money is at stake now. */
function letBe(known: Difference, found: Found, now: Date) {
  if (known.status !== 'ignored') return {};
  const over = (known.ignoredUntil ?? '') <= now.toISOString().slice(0, 10);
  return over || known.amount !== found.amount || known.actual !== found.actual ? OPEN : {};
}

/** Lines of paid invoices never change: one that was settled by credit, or accepted, is not reported again. */
async function settledBefore(em: ServiceContext['em']): Promise<Set<string>> {
  const settled = await em.find(Difference, { status: 'repaired', subjectType: 'invoice_line' });
  return new Set(
    settled.filter(({ detail }) => detail['paid'] === true).map((row) => `${identity(row)} ${row.actual}`),
  );
}
