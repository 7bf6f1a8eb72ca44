import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Reseller } from '../reseller/entity.ts';
import { decimal } from '../revenue/amounts.ts';
import { Difference, ReconcileRun } from './entity.ts';
import { type DifferenceKind, differenceKinds } from './kinds.ts';
import { differenceRow } from './row.ts';

const kinds = Object.keys(differenceKinds) as [DifferenceKind, ...DifferenceKind[]];

/**
 * Differences, newest first, with cursor paging: open ones, or those that are let be. `atRisk`: what all open ones are
 * about in money, per currency, each counted by its size. `comparedAt`: when the last comparison ended, null before it.
 */
export const listDifferences = verb({
  procedure: 'reconcile.list',
  permission: 'problems:read',
  mode: 'read',
  input: z.object({
    state: z.enum(['open', 'ignored']).default('open'),
    kind: z.enum(kinds).optional(),
    resellerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  run: async ({ em }, { state, kind, resellerId, cursor, limit }) => {
    const where: FilterQuery<Difference>[] = [
      { status: state },
      resellerId === undefined ? {} : { resellerId },
      kind === undefined ? {} : { kind },
    ];
    const total = await countEntities(em, Difference, { $and: where });
    const after = readCursor(cursor);
    if (after) {
      const foundAt = momentOf(after);
      where.push({ $or: [{ foundAt: { $lt: foundAt } }, { foundAt, id: { $lt: after.id } }] });
    }
    const found = await em.find(
      Difference,
      { $and: where },
      { orderBy: { foundAt: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    const resellers = await em.find(Reseller, { id: { $in: found.map((each) => each.resellerId) } });
    const companies = new Map(resellers.map(({ id, company }) => [id, company]));
    const page = cursorPage(found, limit, total, (each) => ({ key: each.foundAt.toISOString(), id: each.id }));
    const [last] = await em.find(
      ReconcileRun,
      { finishedAt: { $ne: null } },
      { orderBy: { startedAt: 'desc', id: 'desc' }, limit: 1 },
    );
    return {
      ...page,
      rows: page.rows.map((each) => ({ ...differenceRow(each), company: companies.get(each.resellerId) ?? null })),
      atRisk: await moneyAtRisk(em),
      comparedAt: last?.finishedAt?.toISOString() ?? null,
    };
  },
});

/** What all open differences are about in money, per currency, each counted by its size. */
export async function moneyAtRisk(em: EntityManager): Promise<{ currency: string; amount: string }[]> {
  const digits = await digitsOf(em);
  const rows = await em.execute<{ currency: string; amount: string }[]>(
    `select currency, sum(abs(amount::numeric))::text as amount from difference
      where status = 'open' and amount is not null and currency is not null group by currency order by count(*) desc, currency`,
  );
  return rows.map(({ currency, amount }) => ({ currency, amount: decimal(amount, digits(currency)) }));
}
