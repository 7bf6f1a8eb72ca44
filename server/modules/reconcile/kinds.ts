/** What can drift apart between the host and us; one word for each way hosts were seen to change money silently. */
export const differenceKinds = {
  recurring_changed: 'The host would renew this service at another amount than its lock.',
  quantity_changed: 'The host would renew another quantity than was locked.',
  invoice_line_changed: 'An invoice line charges another amount than its lock or order says.',
  discount_on_invoice: 'A coupon or discount line stands on a reseller’s invoice.',
  order_missing: 'The host no longer has an order that we know.',
  order_at_retail: 'An order of a reseller was made without a price list (by staff, or past the hook).',
  invoice_cancelled: 'The host cancelled an invoice of an order that we hold as waiting for payment.',
  status_changed: 'The host ended this service by hand, while its lock holds.',
  service_gone: 'The host no longer has a service that is locked.',
  service_moved: 'A locked service belongs to another client, or is billed in another currency now.',
  event_lost: 'The host holds an order, invoice or payment that never reached us.',
} as const;
export type DifferenceKind = keyof typeof differenceKinds;
