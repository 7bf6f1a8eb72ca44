/** How much there is to be. Each at least as many as resellers, so that nobody is left without. */
export interface Size {
  resellers: number;
  customers: number;
  services: number;
  /** Lines of revenue. */
  ledger: number;
}

/** Index of the first of `total` things that reseller `r` (SQL, from 1) has, when all have about equally many; from 0. */
export const first = (r: string, total: number, { resellers }: Size): string =>
  `(((${r} - 1)::bigint * ${total} + ${resellers - 1}) / ${resellers})`;

/** `r` with the numbers of what it has of `total`: `k` over all resellers, from 0. For resellers from..until. */
export const each = (total: number, size: Size, from = 1, until = size.resellers): string =>
  `generate_series(${from}, ${until}) r cross join lateral
   generate_series(${first('r', total, size)}, ${first('(r + 1)', total, size)} - 1) k`;

export const resellerId = (r: string): string => `'rs_seed' || lpad(${r}::text, 7, '0')`;
export const customerId = (k: string): string => `'cus_seed' || lpad((${k})::text, 9, '0')`;
export const orderId = (k: string): string => `'ord_seed' || lpad((${k})::text, 9, '0')`;
export const serviceId = (k: string): string => `'srv_seed' || lpad((${k})::text, 9, '0')`;
export const hostServiceId = (k: string): string => `'seed-s' || (${k})`;
/** Every fourth reseller pays in the second currency. */
export const currency = (r: string): string => `case when ${r} % 4 = 0 then 'EUR' else 'USD' end`;
/** How many days back things are spread. */
export const DAYS = 1000;
/** Lines of an invoice, and which of so many lines is a refund of the one before. */
export const LINES = 5;
export const REFUND_EVERY = 50;
/** Services that came of one order. */
export const PER_ORDER = 2;
