import { defineEntity, p } from '@mikro-orm/core';

export const problemStates = ['open', 'acknowledged', 'resolved'] as const;
export const severities = ['info', 'warning', 'danger'] as const;

export const ProblemSchema = defineEntity({
  name: 'Problem',
  tableName: 'problem',
  properties: {
    key: p.string().primary(),
    id: p.string(),
    message: p.string(),
    severity: p.string().$type<(typeof severities)[number]>(),
    resellerId: p.string().nullable(),
    /** How often it was seen since it was opened. */
    count: p.integer(),
    firstAt: p.datetime(),
    lastAt: p.datetime(),
    state: p.string().$type<(typeof problemStates)[number]>(),
    /** Who looks after it. */
    owner: p.string().nullable(),
    note: p.string().nullable(),
    changedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** Something the provider must know of. One row per key: the same again is counted. */
export class Problem extends ProblemSchema.class {}
ProblemSchema.setClass(Problem);
