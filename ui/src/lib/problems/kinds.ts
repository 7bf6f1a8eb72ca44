import type { DifferenceKind } from '#lib/api/contract.ts';

/** The kinds of differences to choose from; the type makes a kind that is missing here an error. */
const NAMED: Record<DifferenceKind, true> = {
  recurring_changed: true,
  quantity_changed: true,
  invoice_line_changed: true,
  discount_on_invoice: true,
  order_missing: true,
  order_at_retail: true,
  invoice_cancelled: true,
  status_changed: true,
  service_gone: true,
  service_moved: true,
  event_lost: true,
};
export const DIFFERENCE_KINDS = Object.keys(NAMED) as DifferenceKind[];
