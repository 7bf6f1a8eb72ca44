import type { HostInvoice, OrderItem, PricedLine, PriceStamp } from '../contract/index.ts';

/** What the host's shop asks before it commits an order. Retail is what the host itself would charge, per line. */
export interface OrderToPrice {
  clientId: string;
  currency: string;
  coupon: string | null;
  lines: OrderItem[];
}

/**
 * The bridge's verdict on an order.
 * retail: not a reseller's order, the host goes on with its own prices.
 * wholesale: commit exactly these amounts, write the locks, keep the stamp.
 * refused: do not commit; the message is for the buyer and says what to do.
 */
export type OrderVerdict =
  | { decision: 'retail' }
  | { decision: 'wholesale'; lines: PricedLine[]; stamp: PriceStamp; resellerId: string; digits: number }
  | {
      decision: 'refused';
      code: RefusalCode;
      message: string;
      /** True when the same order may go through later without anybody changing it. */
      retryable: boolean;
      /** Position of the line that is refused, from 0; absent when it is the whole order. */
      line?: number;
    };

export type RefusalCode =
  | 'reseller_suspended'
  | 'reseller_inactive'
  | 'programme_off'
  | 'coupon_refused'
  | 'prices_stale'
  | 'prices_missing'
  | 'not_offered'
  | 'unknown_product'
  | 'unknown_option'
  | 'option_required'
  | 'quantity_out_of_range'
  | 'currency_unknown';

/** One line of an invoice that must be charged otherwise before the invoice is sent. */
export interface LineCorrection {
  lineId: string;
  unitPrice: string;
  reason: 'differs_from_lock' | 'differs_from_list' | 'coupon_refused';
}

/** What the guard says of an invoice that is about to be sent. */
export type InvoiceVerdict =
  | { decision: 'pass' }
  | { decision: 'correct'; corrections: LineCorrection[] }
  | { decision: 'hold'; lineIds: string[]; message: string };

export type InvoiceToCheck = HostInvoice;
