import { z } from 'zod';

/** An identifier of the host, always text: hosts send numbers and text for the same thing. */
export const hostId = z.string().min(1).max(120);

/** Decimal amount as text, e.g. "12.40" or "-3". Never a float; the currency stands beside it. */
export const amount = z
  .string()
  .regex(/^-?[0-9]{1,15}(\.[0-9]{1,8})?$/, 'write an amount as decimal text such as "12.40"');

/** ISO 4217 code. */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'write a currency as its three-letter code such as "USD"');

/** Billing term: "once", or count and unit such as "1M" or "1Y". */
export const term = z.string().regex(/^(once|[1-9][0-9]{0,2}[DWMY])$/, 'write a billing term as "once" or like "1M"');

/** A moment in UTC, to the second: 2027-01-01T00:00:00Z. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/, 'write a moment in UTC such as "2027-01-01T00:00:00Z"')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'this moment does not exist');

/** A calendar day without a zone: 2027-01-31. */
export const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'write a day such as "2027-01-31"');

/** SHA-256 with its name, as every hash of a price list, page or chunk is written. */
export const contentHash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** What every message with money states: currency, its digits at the host, and whether amounts hold tax. */
export const moneyContext = z.object({
  currency: currencyCode,
  digits: z.int().min(0).max(8),
  tax: z.enum(['net', 'gross']),
});
export type MoneyContext = z.infer<typeof moneyContext>;
