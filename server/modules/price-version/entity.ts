import { defineEntity, p } from '@mikro-orm/core';
import type { Rules } from '../../pricing/formats/rules.ts';
import type { RuleChange, RuleKind } from '../../pricing/rule-changes.ts';
import type { PreviewState, PreviewSummary, RunningServices, VersionState } from './schemas.ts';

export const PriceVersionSchema = defineEntity({
  name: 'PriceVersion',
  tableName: 'price_version',
  properties: {
    id: p.string().primary(),
    number: p.integer().nullable(),
    name: p.string(),
    state: p.string().$type<VersionState>(),
    running: p.string().$type<RunningServices>(),
    noticeDays: p.integer(),
    effectiveAt: p.datetime().nullable(),
    servicesFrom: p.datetime().nullable(),
    reason: p.string().nullable(),
    revertsTo: p.integer().nullable(),
    createdBy: p.string(),
    createdAt: p.datetime(),
    updatedBy: p.string(),
    updatedAt: p.datetime(),
    publishedBy: p.string().nullable(),
    publishedAt: p.datetime().nullable(),
    announcedAt: p.datetime().nullable(),
    appliedAt: p.datetime().nullable(),
    servicesMovedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    rules: p.json<Rules>().nullable().lazy(),
    version: p.integer().version(),
  },
});
/** A change of prices as one thing: draft, scheduled, live, history. */
export class PriceVersion extends PriceVersionSchema.class {}
PriceVersionSchema.setClass(PriceVersion);

export const PriceChangeSchema = defineEntity({
  name: 'PriceChange',
  tableName: 'price_change',
  properties: {
    versionId: p.string().primary(),
    kind: p.string().$type<RuleKind>().primary(),
    ruleId: p.string().primary(),
    before: p.json<RuleChange['after']>().nullable(),
    after: p.json<RuleChange['after']>().nullable(),
    changedBy: p.string(),
    changedAt: p.datetime(),
  },
});
/** What a version does to one rule. */
export class PriceChange extends PriceChangeSchema.class {}
PriceChangeSchema.setClass(PriceChange);

export const PricePreviewSchema = defineEntity({
  name: 'PricePreview',
  tableName: 'price_preview',
  properties: {
    id: p.string().primary(),
    versionId: p.string(),
    basis: p.string(),
    state: p.string().$type<PreviewState>(),
    stepsDone: p.integer(),
    steps: p.integer().nullable(),
    summary: p.json<PreviewSummary>().nullable(),
    error: p.string().nullable(),
    startedBy: p.string(),
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});
/** What a version would do, worked out by a job. */
export class PricePreview extends PricePreviewSchema.class {}
PricePreviewSchema.setClass(PricePreview);
