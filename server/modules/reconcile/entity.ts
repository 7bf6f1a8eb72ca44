import { defineEntity, p } from '@mikro-orm/core';
import type { DifferenceKind } from './kinds.ts';

export const ReconcileRunSchema = defineEntity({
  name: 'ReconcileRun',
  tableName: 'reconcile_run',
  properties: {
    id: p.string().primary(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
    error: p.string().nullable(),
  },
});
export class ReconcileRun extends ReconcileRunSchema.class {}
ReconcileRunSchema.setClass(ReconcileRun);

export const DifferenceSchema = defineEntity({
  name: 'Difference',
  tableName: 'difference',
  properties: {
    id: p.string().primary(),
    runId: p.string(),
    resellerId: p.string(),
    kind: p.string().$type<DifferenceKind>(),
    subjectType: p.string().$type<'service' | 'invoice' | 'invoice_line' | 'order'>(),
    subjectId: p.string(),
    currency: p.string().nullable(),
    expected: p.string().nullable(),
    actual: p.string().nullable(),
    /** actual − expected in money, decimal text; null where no amount is at stake. */
    amount: p.string().nullable(),
    detail: p.json<Record<string, unknown>>(),
    status: p.string().$type<'open' | 'ignored' | 'repaired' | 'gone'>(),
    /** While ignored: the day (UTC) from which on a comparison opens it again, and why it was let be. */
    ignoredUntil: p.date().nullable(),
    reason: p.string().nullable(),
    foundAt: p.datetime(),
    closedAt: p.datetime().nullable(),
  },
});
/** Something the host stores or invoices that differs from what we pinned. */
export class Difference extends DifferenceSchema.class {}
DifferenceSchema.setClass(Difference);
