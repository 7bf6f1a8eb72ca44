import { z } from 'zod';
import { TERM_CODE } from '../../../hooks/prices/term.ts';

/** Control characters would break the text that hashes are taken of, lone surrogates have no UTF-8 form. */
const PLAIN = /^\P{Cc}+$/u;

/** An identifier of the host or the plugin. */
export const identifier = z
  .string()
  .max(500, 'is longer than 500 characters')
  .refine((text) => PLAIN.test(text) && text.isWellFormed(), 'must be text without control characters, not empty');

/** An amount as decimal text, "12.40" or "-3". */
export const money = z
  .string('must be an amount as text such as "12.40"')
  .max(64, 'is longer than 64 characters')
  .regex(/^-?[0-9]+(\.[0-9]+)?$/, 'must be an amount as decimal text such as "12.40"');

/** A billing term. */
export const term = z.string().regex(TERM_CODE, 'must be "once" or a term such as "1M" or "2Y"');

/** A discount in basis points: 1000 = 10 %. */
export const basisPoints = z.int().min(0).max(10_000);

/** A moment in UTC to the second. */
export const moment = z.string().refine(isMoment, 'must be a moment in UTC such as "2027-01-01T00:00:00Z"');

/** True for text like 2027-01-01T00:00:00Z that names a moment which exists. */
export function isMoment(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return false;
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === text.replace('Z', '.000Z');
}
