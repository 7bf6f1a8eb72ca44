import { z } from 'zod';
import { orderItem } from '../../../hooks/contract/index.ts';
import { resellerRow } from '../../modules/reseller/schemas.ts';

/** What the API answers. Amounts are decimal texts with their currency beside them, moments RFC 3339 in UTC, days ISO. */

export const id = z.string();
export const moment = z.iso.datetime();
export const day = z.iso.date();
export const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
export const money = z.object({ currency: z.string(), amount });
export const named = z.object({ id, name: z.string() });

/** A page of a list; `nextCursor` is null on the last one. `total` is counted up to 10,000. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ data: z.array(row), nextCursor: z.string().nullable(), total: z.int() });

export const productList = z.object({
  currency: z.string(),
  currencies: z.array(z.string()),
  taxMode: z.enum(['net', 'gross']),
  total: z.int(),
  nextCursor: z.string().nullable(),
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
  steps: z.array(
    /** `amount`: the price after a step that acted, before rounding with more digits. */
    z.object({ level: z.string(), matched: z.boolean(), text: z.string(), amount: z.string().nullable() }),
  ),
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

export const paymentMethods = z.object({
  methods: z.array(z.object({ id, title: z.string(), credit: z.boolean() })),
});
const lineThen = z.object({
  title: z.string(),
  unitPrice: amount,
  price: amount,
  setup: amount,
  renewal: amount.nullable(),
});
/** An order at today's prices: order it with `quote`, which holds them. */
export const orderAgain = z.object({
  customerId: id.nullable(),
  currency: z.string(),
  wasDueNow: amount,
  lines: z.array(
    z.object({
      item: orderItem,
      was: lineThen,
      now: lineThen.nullable(),
      /** What the first payment costs more, or with a minus less, than then. */
      difference: amount.nullable(),
      notOffered: z.string().nullable(),
    }),
  ),
  quote: z.object({ quote: z.string(), holdsUntil: moment, dueNow: amount }).nullable(),
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
  /** The client of the host that this customer is as well. */
  hostClientId: id.nullable(),
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
  /** The renewal that is to be paid. */
  renewalInvoice: money
    .extend({ id, number: z.string().nullable(), status: z.string(), dueOn: day.nullable() })
    .nullable(),
  /**
   * What can be done now. `path` is a POST of this API; `page` is a page of the host, relative to it, for a person: no
   * host lets a reseller suspend, reactivate or end a service by itself.
   */
  actions: z.array(
    z.object({
      action: z.enum(['assign_customer', 'pay_renewal', 'ask_provider']),
      path: z.string().nullable(),
      page: z.string().nullable(),
    }),
  ),
});
export const assigned = z.object({ id, customer: named.nullable() });

const waitingChange = z.object({
  id,
  fields: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
  status: z.string(),
  askedAt: moment,
  decidedAt: moment.nullable(),
  reason: z.string().nullable(),
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
  contacts: z.array(
    z.object({
      name: z.string(),
      role: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
    }),
  ),
  /** Fields that the provider checks before they change. */
  checkedFields: z.array(z.string()),
  /** The change that waits for the provider. */
  pending: waitingChange.nullable(),
  version: z.int(),
});
/** The answer to a change. */
export const changedProfile = profile.omit({ checkedFields: true });
export const me = z.object({
  kind: z.string(),
  id,
  name: z.string(),
  scopes: z.array(z.string()),
  programmeEnabled: z.boolean(),
  reseller: z
    .object({
      id,
      company: z.string(),
      status: z.string(),
      publicReason: z.string().nullable(),
      tier: named,
      discountBp: z.int(),
      currency: z.string(),
    })
    .nullable(),
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

export const reseller = resellerRow;
export const activity = z.object({
  id,
  at: moment,
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string().optional() }),
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  reason: z.string().nullable(),
  requestId: z.string().nullable(),
});
