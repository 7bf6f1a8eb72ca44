import { z } from 'zod';
import { applicationStatus } from '../../modules/application/schemas.ts';
import { previewSummary, ruleKind, runningServices, versionState } from '../../modules/price-version/schemas.ts';
import { companyFields } from '../../modules/profile/schemas.ts';
import { differenceKinds } from '../../modules/reconcile/kinds.ts';
import { rulesFormat } from '../../pricing/formats/rules.ts';
import { amount, id, moment, money, pageOf } from './schemas.ts';

/** What the API answers to the provider's own keys. Rates in basis points, amounts decimal texts, moments in UTC. */

const person = z.object({ kind: z.string(), id, name: z.string() });

export const application = z.object({
  id,
  version: z.int(),
  status: applicationStatus,
  businessName: z.string(),
  applicant: z.object({ name: z.string(), email: z.string(), hostClientId: id }),
  country: z.string().nullable(),
  completeness: z.object({ answered: z.int(), asked: z.int() }),
  taxIdCheck: z.enum(['ok', 'wrong', 'unchecked']),
  assignedTo: z.object({ id, name: z.string() }).nullable(),
  submittedAt: moment.nullable(),
  waitingSince: moment,
  decidedAt: moment.nullable(),
  resellerId: id.nullable(),
});
const reason = z.object({ reason: z.string(), level: z.enum(['danger', 'warning', 'info']) });
export const applicationRow = application.extend({ signals: z.array(reason.extend({ count: z.int() })) });
export const applicationDetail = application.extend({
  request: z.object({ fields: z.array(z.string()), message: z.string(), at: moment, expiresAt: moment }).nullable(),
  answers: z.array(
    z.object({
      field: z.looseObject({ id, type: z.string() }),
      value: z.unknown(),
      taxId: z
        .object({ check: application.shape.taxIdCheck, kind: z.string().nullable(), expected: z.array(z.string()) })
        .nullable(),
    }),
  ),
  facts: z
    .looseObject({
      readAt: moment,
      runningServices: z.int(),
      openInvoices: z.int(),
      overdueInvoices: z.int(),
      paid: z.array(money),
    })
    .nullable(),
  matches: z.array(
    z.object({
      type: z.enum(['application', 'reseller']),
      id,
      name: z.string().nullable(),
      status: z.string().nullable(),
      resellerId: id.nullable(),
      reasons: z.array(reason),
      dismissed: z.boolean(),
    }),
  ),
  thread: z.array(z.object({ at: moment, kind: z.enum(['message', 'note']), author: person, body: z.string() })),
});
export const written = z.object({ written: z.literal(true) });

/** A reseller's company data with what only the provider sees. `version` is the one that a change of it names. */
export const resellerProfile = companyFields.omit({ contacts: true }).extend({
  id,
  email: z.string(),
  hostClientId: id,
  currency: z.string(),
  apiEnabled: z.boolean(),
  paymentMethod: z.string().nullable(),
  manager: z.string().nullable(),
  tags: z.array(z.string()),
  checkedFields: z.array(z.string()),
  version: z.int(),
});
export const changedAccount = z.object({ id, version: z.int() });
export const pinned = z.object({ resellerId: id, pinned: z.boolean() });
export const note = z.object({
  id,
  text: z.string(),
  author: z.string(),
  pinned: z.boolean(),
  createdAt: moment,
  editedAt: moment.nullable(),
  version: z.int(),
});

export const tier = z.object({
  id,
  name: z.string(),
  position: z.int(),
  /** Null inherits the programme's rate. */
  discountBp: z.int().nullable(),
  minRevenue: amount.nullable(),
  minServices: z.int().nullable(),
  minOrders: z.int().nullable(),
  match: z.enum(['all', 'any']),
  version: z.int(),
});
export const tierList = z.object({ tiers: z.array(tier), programmeDiscountBp: z.int() });
export const tierOrder = z.object({ ids: z.array(id) });
export const tierRemoved = z.object({ id, deleted: z.literal(true), moved: z.int() });

export const priceVersion = z.object({
  id,
  /** Given when it is published. */
  number: z.int().nullable(),
  name: z.string(),
  state: versionState,
  running: runningServices,
  noticeDays: z.int(),
  effectiveAt: moment.nullable(),
  servicesFrom: moment.nullable(),
  reason: z.string().nullable(),
  revertsTo: z.int().nullable(),
  changes: z.int(),
  createdAt: moment,
  updatedAt: moment,
  publishedAt: moment.nullable(),
  announcedAt: moment.nullable(),
  appliedAt: moment.nullable(),
  endedAt: moment.nullable(),
  version: z.int(),
});
export const pricePreview = z.object({
  id,
  versionId: id,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  stepsDone: z.int(),
  steps: z.int().nullable(),
  /** Draft, rules or catalogue changed since: make it anew before publishing. */
  outdated: z.boolean(),
  summary: previewSummary.nullable(),
  error: z.string().nullable(),
  startedAt: moment,
  finishedAt: moment.nullable(),
});
export const priceVersionDetail = priceVersion.extend({
  errors: z.array(z.object({ kind: ruleKind, id, code: z.string(), path: z.string(), message: z.string() })),
  preview: pricePreview.nullable(),
  orders: z.int(),
});
export const savedChanges = priceVersion.extend({ saved: z.array(z.object({ kind: ruleKind, id })) });
export const rulePage = pageOf(
  z.object({ kind: ruleKind, id, edited: z.boolean(), rule: z.record(z.string(), z.unknown()) }),
).extend({
  programme: rulesFormat.pick({ discountBp: true, applyTo: true, capAtRetail: true, floorLiftsBooks: true }),
  tiers: rulesFormat.shape.tiers,
});
const source = z.string();
export const pricePage = pageOf(
  z.object({
    product: id,
    title: z.string(),
    group: z.string(),
    lockedServices: z.int(),
    lines: z.array(
      z.object({
        component: z.string(),
        title: z.string(),
        term: z.string(),
        charge: z.enum(['price', 'setup']),
        retail: amount,
        wholesale: amount,
        source,
        /** The rate that was applied; null where an amount was fixed. */
        bp: z.int().nullable(),
        adjusted: z.enum(['floor', 'retail_cap']).nullable(),
        margin: amount,
        marginBp: z.int(),
        floor: amount.nullable(),
        cost: amount.nullable(),
        belowFloor: z.boolean(),
        belowCost: z.boolean(),
      }),
    ),
  }),
).extend({ currency: z.string(), at: moment, nextChange: moment.nullable() });

export const problem = z.object({
  id,
  kind: z.string(),
  message: z.string(),
  severity: z.enum(['info', 'warning', 'danger']),
  resellerId: id.nullable(),
  count: z.int(),
  firstAt: moment,
  lastAt: moment,
  state: z.enum(['open', 'acknowledged', 'resolved']),
  owner: z.string().nullable(),
  note: z.string().nullable(),
  version: z.int(),
});
const kinds = Object.keys(differenceKinds) as [keyof typeof differenceKinds];
export const difference = z.object({
  id,
  resellerId: id,
  kind: z.enum(kinds),
  about: z.string(),
  subjectType: z.enum(['service', 'invoice', 'invoice_line', 'order']),
  subjectId: id,
  currency: z.string().nullable(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
  /** actual − expected. */
  amount: amount.nullable(),
  status: z.enum(['open', 'repaired', 'gone']),
  foundAt: moment,
});
export const reconcileRun = z.object({
  run: id,
  resellers: z.int(),
  differences: z.array(difference),
  /** The host asked to slow down: it goes on by itself at this moment. */
  continuesAt: moment.nullable(),
});
