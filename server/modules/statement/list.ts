import type { FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { countEntities, cursorPage, readCursor } from '../../paging.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Reseller } from '../reseller/entity.ts';
import { Statement } from './entity.ts';
import { statementRow } from './row.ts';

/** Closed statements, newest month first, with cursor paging: a reseller's own, for an admin all. */
export const listStatements = verb({
  procedure: 'statements.list',
  permission: 'billing:read',
  mode: 'read',
  input: z.object({
    resellerId: z.string().max(60).optional(),
    currency: currencyCode.optional(),
    /** First day of the month. */
    month: z.iso.date().optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { cursor, limit, resellerId, currency, month }) => {
    const { em } = ctx;
    const where: FilterQuery<Statement>[] = [
      ownRows(ctx),
      resellerId ? { resellerId } : {},
      currency ? { currency } : {},
      month ? { month } : {},
    ];
    const total = await countEntities(em, Statement, { $and: where });
    const after = readCursor(cursor);
    if (after) where.push({ $or: [{ month: { $lt: after.key } }, { month: after.key, id: { $lt: after.id } }] });
    const found = await em.find(
      Statement,
      { $and: where },
      { orderBy: { month: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    const digits = await digitsOf(em);
    const resellers = await em.find(Reseller, { id: { $in: found.map((statement) => statement.resellerId) } });
    const companies = new Map(resellers.map(({ id, company }) => [id, company]));
    return cursorPage(
      found.map((statement) => ({
        ...statementRow(statement, digits),
        company: companies.get(statement.resellerId) ?? '',
      })),
      limit,
      total,
      ({ month, id }) => ({ key: month, id }),
    );
  },
});
