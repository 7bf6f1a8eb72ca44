import { defineEntity, p } from '@mikro-orm/core';

export const StatementSchema = defineEntity({
  name: 'Statement',
  tableName: 'statement',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    currency: p.string(),
    /** First day of the month. */
    month: p.date(),
    /** Decimal; positive is owed. */
    opening: p.decimal('string'),
    closing: p.decimal('string'),
    totals: p.json<StatementTotals>(),
    lines: p.integer(),
    closedAt: p.datetime(),
  },
});
/** A closed month of a reseller's account in one currency. Never changed: corrections go into the next one. */
export class Statement extends StatementSchema.class {}
StatementSchema.setClass(Statement);

export const entryKinds = ['invoice', 'correction', 'payment', 'cancelled', 'credit', 'payout'] as const;
export type EntryKind = (typeof entryKinds)[number];
/** Sum of each kind, decimal; kinds without an entry are absent. */
export type StatementTotals = Partial<Record<EntryKind, string>>;
