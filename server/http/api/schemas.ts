import { z } from 'zod';
import { resellerRow } from '../../modules/reseller/schemas.ts';

/** What the API answers. Amounts are decimal texts with their currency beside them, moments RFC 3339 in UTC, days ISO. */

const id = z.string();
const moment = z.iso.datetime();
const day = z.iso.date();
const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
const money = z.object({ currency: z.string(), amount });
const named = z.object({ id, name: z.string() });

/** A page of a list; `nextCursor` is null on the last one. `total` is counted up to 10,000. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ data: z.array(row), nextCursor: z.string().nullable(), total: z.int() });

export const productList = z.object({
  currency: z.string(),
  currencies: z.array(z.string()),
  taxMode: z.enum(['net', 'gross']),
  products: z.array(
    z.object({
      id,
      group: z.string(),
      title: z.string(),
      description: z.string().nullable(),
      kind: z.string(),
      notOffered: z.string().nullable(),
      terms: z.array(
        z.object({
          component: z.string(),
          term: z.string(),
          wholesale: amount,
          retail: amount,
          setupWholesale: amount.nullable(),
          setupRetail: amount.nullable(),
        }),
      ),
      options: z.array(
        z.object({
          id,
          title: z.string(),
          type: z.enum(['choice', 'quantity', 'flag']),
          required: z.boolean(),
          min: z.int(),
          max: z.int(),
          choices: z.array(z.object({ id, title: z.string() })),
          prices: z.array(
            z.object({
              term: z.string(),
              choice: z.string().nullable(),
              wholesale: amount,
              retail: amount,
              setupWholesale: amount.nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
});

export const explained = z.object({
  retail: amount,
  wholesale: amount,
  steps: z.array(z.object({ level: z.string(), matched: z.boolean(), text: z.string() })),
});

const orderStatus = z.enum(['placing', 'pending', 'paid', 'not_accepted', 'cancelled', 'refunded', 'part_refunded']);
export const order = z.object({
  id,
  number: z.string(),
  resellerId: id,
  customer: named.nullable(),
  title: z.string(),
  lines: z.int(),
  currency: z.string(),
  total: amount,
  taxMode: z.enum(['net', 'gross']),
  status: orderStatus,
  via: z.enum(['portal', 'shop', 'api', 'staff']),
  placedAt: moment,
  hostOrderId: id.nullable(),
  hostInvoiceId: id.nullable(),
  /** Why the host did not accept it. */
  reason: z.string().nullable(),
  version: z.int(),
});
export const orderDetail = order.extend({
  retailTotal: amount.nullable(),
  note: z.string().nullable(),
  canCancel: z.boolean(),
  cancelling: z.boolean(),
  orderLines: z.array(
    z.object({
      product: z.string(),
      title: z.string(),
      term: z.string(),
      quantity: z.int(),
      domain: z.string().nullable().optional(),
      unitPrice: amount,
      price: amount,
      setup: amount,
      renewal: amount.nullable(),
    }),
  ),
  invoice: z
    .object({
      id,
      number: z.string().nullable(),
      status: z.string(),
      currency: z.string(),
      total: amount,
      dueOn: day.nullable(),
      payUrl: z.string().nullable(),
    })
    .nullable(),
  services: z.array(
    z.object({ id, title: z.string(), domain: z.string().nullable(), status: z.string(), nextDueOn: day.nullable() }),
  ),
});

export const testOrder = order.extend({
  services: z.array(z.object({ id, title: z.string(), status: z.string(), nextDueOn: day.nullable() })),
});

export const customer = z.object({
  id,
  resellerId: id,
  name: z.string(),
  company: z.string().nullable(),
  email: z.string(),
  externalReference: z.string().nullable(),
  phone: z.string().nullable(),
  country: z.string().nullable(),
  language: z.string().nullable(),
  status: z.enum(['active', 'archived']),
  orders: z.int(),
  createdAt: moment,
  version: z.int(),
});
export const customerDetail = customer.extend({
  note: z.string().nullable(),
  services: z.object({ running: z.int(), all: z.int() }),
  lastOrderAt: moment.nullable(),
  revenueAllTime: z.array(money),
  outstanding: z.array(money),
  archiveBlocked: z.string().nullable(),
  deleteBlocked: z.string().nullable(),
});
export const deleted = z.object({ id, deleted: z.literal(true) });

export const service = z.object({
  id,
  resellerId: id,
  customer: named.nullable(),
  orderId: id.nullable(),
  product: z.string(),
  title: z.string(),
  domain: z.string().nullable(),
  status: z.enum(['pending', 'setup_failed', 'active', 'suspended', 'cancelled']),
  term: z.string(),
  currency: z.string(),
  quantity: z.int(),
  /** What a term costs for all units: the locked price, else what the host reported. */
  wholesale: amount.nullable(),
  nextDueOn: day.nullable(),
  lockedSince: moment.nullable(),
  createdAt: moment,
});
export const serviceDetail = service.extend({
  statusSince: moment,
  nextInvoice: money.extend({ dueOn: day }).nullable(),
});

const invoiceStatus = z.enum(['draft', 'unpaid', 'overdue', 'paid', 'part_refunded', 'refunded', 'cancelled']);
export const invoice = z.object({
  id,
  resellerId: id,
  number: z.string().nullable(),
  status: invoiceStatus,
  currency: z.string(),
  total: amount,
  issuedAt: moment.nullable(),
  dueOn: day.nullable(),
  paidAt: moment.nullable(),
  order: z.object({ id, number: z.string() }).nullable(),
  payUrl: z.string().nullable(),
});
export const invoiceDetail = invoice.extend({
  lines: z.array(
    z.object({
      id,
      kind: z.string(),
      title: z.string(),
      product: z.string().nullable(),
      quantity: z.int(),
      unitPrice: amount,
      amount,
      net: amount,
      service: z.object({ id, title: z.string(), domain: z.string().nullable() }).nullable(),
      customer: named.nullable(),
    }),
  ),
});

export const statement = z.object({
  id,
  resellerId: id,
  currency: z.string(),
  month: day,
  opening: amount,
  orders: amount,
  payments: amount,
  credits: amount,
  closing: amount,
  lines: z.int(),
  closedAt: moment,
});
const statementLine = z.object({
  day,
  kind: z.string(),
  invoiceId: id,
  number: z.string(),
  amount,
});
export const statementDetail = statement.extend({ company: z.string(), page: pageOf(statementLine) });
export const currentAccount = z.object({
  month: day,
  accounts: z.array(
    z.object({ currency: z.string(), opening: amount, balance: amount, overdue: amount, lineCount: z.int() }),
  ),
});

export const revenueSummary = z.object({
  from: day,
  until: day,
  zone: z.string(),
  totals: z.array(money),
  previous: z.array(money),
  byDay: z.array(money.extend({ day })),
});

export const profile = z.object({
  company: z.string(),
  registrationNumber: z.string().nullable(),
  taxId: z.string().nullable(),
  country: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  billingEmail: z.string().nullable(),
  language: z.string().nullable(),
  version: z.int(),
});
export const tierProgress = z.object({
  resellerId: id,
  standing: z.string(),
  effectiveDiscountBp: z.int(),
  nextReviewOn: day,
  tier: z.object({ id, name: z.string(), position: z.int(), discountBp: z.int().nullable() }),
  next: z
    .object({
      id,
      name: z.string(),
      discountBp: z.int().nullable(),
      thresholds: z.array(
        z.object({
          measure: z.string(),
          needed: z.string(),
          have: z.string(),
          missing: z.string(),
          reachedBp: z.int(),
        }),
      ),
    })
    .nullable(),
});

export const apiKey = z.object({
  id,
  resellerId: id.nullable(),
  name: z.string(),
  mode: z.enum(['live', 'test']),
  signed: z.boolean(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  allowlist: z.array(z.string()),
  status: z.enum(['active', 'replaced', 'expired', 'revoked']),
  createdAt: moment,
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
  replacedBy: id.nullable(),
  lastUsedAt: moment.nullable(),
  lastUsedFrom: z.string().nullable(),
});
/** `key` and `signingSecret` are shown once: null in the answer to a repeated request. */
export const newApiKey = apiKey.extend({ key: z.string().nullable(), signingSecret: z.string().nullable() });
export const keyUsage = apiKey.extend({
  calls: z.int(),
  answered: z.int(),
  byDay: z.array(z.object({ day, outcome: z.string(), calls: z.int() })),
  callersSince: moment,
  callers: z.array(z.object({ address: z.string().nullable(), calls: z.int(), lastAt: moment })),
});
export const call = z.object({
  id,
  at: moment,
  key: z.object({ id, name: z.string(), prefix: z.string() }),
  resellerId: id.nullable(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  outcome: z.string(),
  durationMs: z.int(),
  requestId: z.string(),
  sourceAddress: z.string().nullable(),
});

export const reseller = resellerRow;
export const tierList = z.object({
  tiers: z.array(
    z.object({
      id,
      name: z.string(),
      position: z.int(),
      discountBp: z.int().nullable(),
      minRevenue: amount.nullable(),
      minServices: z.int().nullable(),
      minOrders: z.int().nullable(),
    }),
  ),
  programmeDiscountBp: z.int(),
});
export const application = z.object({ id, status: z.string(), businessName: z.string(), version: z.int() });
export const activity = z.object({
  id,
  at: moment,
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string().optional() }),
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  reason: z.string().nullable(),
  requestId: z.string().nullable(),
});
