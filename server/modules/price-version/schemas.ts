import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { bookFormat, discountFormat, floorFormat, rulesFormat, tierFormat } from '../../pricing/formats/rules.ts';

export const versionState = z.enum(['draft', 'scheduled', 'live', 'replaced', 'withdrawn', 'discarded']);
export type VersionState = z.infer<typeof versionState>;

/**
 * keep: running services keep their lock. next_renewal: those that the version changes renew at the new price, cheaper ones
 * at once, dearer ones after the notice. on_date: all of them from one date on, and none before it; nothing is prorated, the
 * date decides which renewals cost the new price (pricing.md rules 18 and 20).
 */
export const runningServices = z.enum(['keep', 'next_renewal', 'on_date']);
export type RunningServices = z.infer<typeof runningServices>;

export type PreviewState = 'waiting' | 'running' | 'done' | 'failed';

export const ruleKind = z.enum(['discount', 'book', 'floor', 'tier', 'programme']);

const ruleId = z.string().min(1).max(60);
const programmeFormat = rulesFormat.pick({ discountBp: true, applyTo: true, capAtRetail: true, floorLiftsBooks: true });

/**
 * One rule as it is to be. Without an id the rule is new. `after` null removes a rule; of a tier only its rate is
 * changed here, of the programme only what is given. Rates in basis points, amounts as decimal text, moments in UTC.
 */
export const changeInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('discount'), id: ruleId.optional(), after: discountFormat.omit({ id: true }).nullable() }),
  z.object({ kind: z.literal('book'), id: ruleId.optional(), after: bookFormat.omit({ id: true }).nullable() }),
  z.object({ kind: z.literal('floor'), id: ruleId.optional(), after: floorFormat.omit({ id: true }).nullable() }),
  z.object({ kind: z.literal('tier'), id: ruleId, after: tierFormat.omit({ id: true }) }),
  z.object({ kind: z.literal('programme'), after: programmeFormat.partial() }),
]);
export type ChangeInput = z.output<typeof changeInput>;

/** Which limit a version goes beyond, so that publishing asks a second time. */
export const riskCode = z.enum(['line_change', 'many_lines', 'monthly_sum', 'below_floor']);

const largest = z.object({
  product: z.string(),
  component: z.string(),
  term: z.string(),
  currency: currencyCode,
  charge: z.enum(['price', 'setup']),
  before: z.string(),
  after: z.string(),
});
export type LargestChange = z.infer<typeof largest>;

/** Monthly figures of one currency as decimal text: what running services cost now, and what moving them does. */
const monthly = z.object({ currency: currencyCode, before: z.string(), dearer: z.string(), cheaper: z.string() });

/** The figures above a preview: lines count once for each reseller that has them. */
export const previewSummary = z.object({
  resellers: z.int(),
  lines: z.int(),
  linesUp: z.int(),
  linesDown: z.int(),
  atFloor: z.int(),
  belowFloor: z.int(),
  belowCost: z.int(),
  staleBooks: z.int(),
  withoutEmail: z.int(),
  services: z.int(),
  servicesUp: z.int(),
  servicesDown: z.int(),
  largestBp: z.int(),
  largest: largest.nullable(),
  monthly: z.array(monthly),
  risks: z.array(
    z.object({ code: riskCode, limitBp: z.int().nullable(), actualBp: z.int().nullable(), count: z.int() }),
  ),
});
export type PreviewSummary = z.infer<typeof previewSummary>;
