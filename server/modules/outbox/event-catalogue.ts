import { z } from 'zod';
import { orderStatus } from '../order/schemas.ts';
import { runningServices } from '../price-version/schemas.ts';

/** One type of event: what it tells, and what stands in its `data`. */
export interface EventType {
  meaning: string;
  /** Every field names an example, of which the sample is made. Fields may be added in later versions. */
  data: z.ZodObject;
}

const like = <Value extends z.ZodType>(value: Value, example: z.output<Value>): Value =>
  value.meta({ examples: [example] });
const text = (example: string) => like(z.string(), example);
const textOrNull = (example: string | null) => like(z.string().nullable(), example);
const anId = (prefix: string) => text(`${prefix}_01a2071761c77296b3ef6f0e153616ca`);
const moment = like(z.iso.datetime().nullable(), '2027-04-01T00:00:00.000Z');

const customer = z.object({
  customerId: anId('cus'),
  externalReference: textOrNull('4711'),
  status: like(z.enum(['active', 'archived']), 'active'),
});
const money = { currency: text('EUR') };
const key = z.object({ keyId: anId('key'), name: text('Shop') });
const order = { orderId: anId('ord') };
const moved = (status: z.output<typeof orderStatus>) =>
  z.object({
    ...order,
    status: like(orderStatus, status),
    hostOrderId: textOrNull('1042'),
    hostInvoiceId: like(z.string().nullable().optional(), '2088'),
  });
const reason = textOrNull('The customer changed their mind');
const resellerId = anId('rs');
const standing = (status: string, publicReason: string | null) =>
  z.object({ resellerId, status: text(status), publicReason: textOrNull(publicReason) });
const service = (status: string) =>
  z.object({
    serviceId: anId('srv'),
    status: text(status),
    orderId: like(z.string().nullable(), 'ord_01a2071761c77296'),
  });
const locked = z.object({ hostServiceId: text('77'), unitPrice: text('7.65'), ...money });
const assigned = { customerId: like(z.string().nullable(), 'cus_01a2071761c77296') };
const tierMove = (from: string, to: string) => z.object({ resellerId, from: text(from), to: text(to) });
const application = (status: string) =>
  z.object({
    applicationId: anId('app'),
    hostClientId: text('12'),
    email: textOrNull('ines@shop.example'),
    company: textOrNull('Shop Ltd'),
    status: text(status),
  });
const message = textOrNull('Please send us your VAT number.');

/**
 * Every event that leaves the service by webhook or `events.list`: the contract with those who build on it. A walk through
 * all procedures compares what is really sent with it (matrix.test.ts).
 */
export const eventCatalogue: Readonly<Record<string, EventType>> = {
  'application.answered': { meaning: 'An applicant answered what was asked.', data: application('answered') },
  'application.approved': {
    meaning: 'An application was approved, by a person or by the rules: there is a new reseller.',
    data: application('approved').extend({ message, resellerId, tier: text('bronze') }),
  },
  'application.expired': {
    meaning: 'An application was closed: no answer came in time.',
    data: application('expired'),
  },
  'application.information_requested': {
    meaning: 'An applicant was asked for more.',
    data: application('info_requested').extend({
      message,
      fields: like(z.array(z.string()), ['taxId']),
      expiresAt: moment,
    }),
  },
  'application.message_received': { meaning: 'An applicant wrote.', data: application('submitted') },
  'application.message_sent': {
    meaning: 'An applicant was written to.',
    data: application('submitted').extend({ message }),
  },
  'application.rejected': {
    meaning: 'An application was rejected.',
    data: application('rejected').extend({ message, reapplyAt: moment }),
  },
  'application.reminded': {
    meaning: 'An applicant was reminded that an answer is missing.',
    data: application('info_requested').extend({ message, expiresAt: moment }),
  },
  'application.submitted': { meaning: 'Somebody applied to become a reseller.', data: application('submitted') },
  'application.withdrawn': { meaning: 'An applicant withdrew.', data: application('withdrawn') },
  'customer.archived': { meaning: 'A customer was archived.', data: customer },
  'customer.created': { meaning: 'A customer was added, by hand, by import or with an order.', data: customer },
  'customer.deleted': { meaning: 'A customer on whom nothing hung was deleted.', data: customer },
  'customer.erased': { meaning: 'A customer’s personal data was erased.', data: customer },
  'customer.restored': { meaning: 'An archived customer is back.', data: customer },
  'customer.updated': { meaning: 'A customer’s data was changed.', data: customer },
  'invoice.paid': {
    meaning: 'An invoice was paid in full.',
    data: z.object({ invoiceId: text('2088'), number: textOrNull('INV-2088'), total: text('45.90'), ...money }),
  },
  'invoice.refunded': {
    meaning: 'Money of a paid invoice was given back.',
    data: z.object({ invoiceId: text('2088'), refundId: text('31'), amount: text('45.90'), ...money }),
  },
  'key.created': { meaning: 'An API key was made.', data: key },
  'key.overlap_extended': { meaning: 'An API key that was replaced works on for longer.', data: key },
  'key.regenerated': {
    meaning: 'A new API key takes the place of an older one, which works on for a while.',
    data: key.extend({ replaces: anId('key') }),
  },
  'key.revoked': { meaning: 'An API key was revoked.', data: key },
  'key.updated': { meaning: 'Name, scopes, addresses or expiry of an API key were changed.', data: key },
  'order.cancel_refused': {
    meaning: 'The host did not cancel an order.',
    data: moved('pending').omit({ hostInvoiceId: true }).extend({ reason }),
  },
  'order.cancelled': {
    meaning: 'An order was cancelled before it was paid.',
    data: moved('cancelled').extend({ reason: reason.optional() }),
  },
  'order.created': {
    meaning: 'An order was placed outside the portal and the API: in the shop, or by the provider.',
    data: z.object({ ...order, status: like(orderStatus, 'pending'), ...money, dueNow: text('45.90') }),
  },
  'order.customer_assigned': {
    meaning: 'An order was given to a customer, or to none.',
    data: z.object({ ...order, ...assigned }),
  },
  'order.not_accepted': {
    meaning: 'The host did not take an order: nothing was ordered or charged.',
    data: z.object({ ...order, status: like(orderStatus, 'not_accepted'), reason: textOrNull('Product is sold out') }),
  },
  'order.paid': { meaning: 'An order was paid; its services are being set up.', data: moved('paid') },
  'order.part_refunded': { meaning: 'A part of what an order cost was given back.', data: moved('part_refunded') },
  'order.pending': { meaning: 'An order was placed; its invoice waits for payment.', data: moved('pending') },
  'order.refunded': { meaning: 'All that an order cost was given back.', data: moved('refunded') },
  'price_change.announced': {
    meaning: 'Your prices change with a published price version.',
    data: z.object({
      priceVersion: like(z.int(), 42),
      effectiveAt: moment,
      runningServices: like(runningServices, 'keep'),
      servicesFrom: moment,
      resellerId,
      linesUp: like(z.int(), 12),
      linesDown: like(z.int(), 3),
      largestChangeBp: like(z.int().nullable(), 500),
      services: like(z.int(), 0),
    }),
  },
  'price_change.withdrawn': {
    meaning: 'An announced change of prices does not come.',
    data: z.object({ priceVersion: like(z.int(), 42), effectiveAt: moment }),
  },
  'reseller.created': {
    meaning: 'The reseller account was opened.',
    data: z.object({ resellerId, company: text('Shop Ltd'), tier: text('bronze') }),
  },
  'reseller.erased': { meaning: 'The personal data of the account was erased.', data: z.object({ resellerId }) },
  'reseller.inactive': {
    meaning: 'The account rests: no orders and no API, services go on.',
    data: standing('inactive', null),
  },
  'reseller.reactivated': { meaning: 'The account trades again.', data: standing('active', null) },
  'reseller.suspended': {
    meaning: 'The account may not order for now; services go on.',
    data: standing('suspended', 'An invoice is overdue'),
  },
  'reseller.terminated': { meaning: 'The account was closed for good.', data: standing('terminated', null) },
  'reseller.terms_changed': {
    meaning: 'Tier or own discount of the account changed.',
    data: z.object({ resellerId, tier: text('gold'), ownDiscountBp: like(z.int().nullable(), 2000) }),
  },
  'service.active': { meaning: 'A service runs.', data: service('active') },
  'service.cancelled': { meaning: 'A service has ended.', data: service('cancelled') },
  'service.customer_assigned': {
    meaning: 'A service was given to a customer, or to none.',
    data: z.object({ serviceId: anId('srv'), ...assigned }),
  },
  'service.moved_to_retail': { meaning: 'A service renews at the retail price from now on.', data: locked },
  'service.moved_to_wholesale': { meaning: 'A service renews at the wholesale price from now on.', data: locked },
  'service.pending': { meaning: 'A service is about to be set up.', data: service('pending') },
  'service.price_lowered': { meaning: 'Better terms made a running service cheaper.', data: locked },
  'service.price_moved': { meaning: 'A published change moved the price of a running service.', data: locked },
  'service.setup_failed': { meaning: 'A service could not be set up.', data: service('setup_failed') },
  'service.suspended': { meaning: 'A service was suspended.', data: service('suspended') },
  'statement.closed': {
    meaning: 'The statement of a month is closed.',
    data: z.object({
      statementId: anId('sta'),
      month: text('2027-03-01'),
      ...money,
      opening: text('0.00'),
      closing: text('45.90'),
    }),
  },
  'tier.downgraded': { meaning: 'The account moved to a lower tier.', data: tierMove('gold', 'silver') },
  'tier.upgraded': { meaning: 'The account moved to a higher tier.', data: tierMove('silver', 'gold') },
};

const exampleOf = (field: z.ZodType): unknown => (field.meta()?.['examples'] as unknown[] | undefined)?.[0];

/** What `data` of a type looks like, made of the examples that its fields name. */
export function sampleOf({ data }: EventType): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data.shape).map(([name, field]) => [name, exampleOf(field as z.ZodType)]));
}
