import { z } from 'zod';
import { isYes } from './answers.ts';
import { decimalText } from './decimal-text.ts';

/** An id, which the host sends as number or text. */
export const looseId = z.union([z.string().min(1).max(120), z.int()]).transform(String);

/** An id or nothing; 0 and "" are nothing. */
export const looseIdOrNull = z
  .union([z.string().max(120), z.number()])
  .nullish()
  .transform((id) => (id === null || id === undefined || id === '' || Number(id) === 0 ? null : String(id)));

/** An amount sent as number or text, as decimal text without float arithmetic; nothing is "0". */
export const looseAmount = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value, ctx) => {
    try {
      return decimalText(value) ?? '0';
    } catch {
      ctx.addIssue('is not an amount');
      return z.NEVER;
    }
  });

/** A count of at least 1, which is what the host takes for nothing, 0 and less. */
export const looseCount = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => Math.max(1, Math.trunc(Number(value ?? 1)) || 1));

/** Yes or no as PHP means it. */
export const looseFlag = z.union([z.boolean(), z.number(), z.string()]).nullish().transform(isYes);

/** Text, or null when there is none. */
export const looseText = z
  .string()
  .nullish()
  .transform((text) => text ?? null);

/** A moment, which the client has put into UTC: "2027-01-31 23:44:08" is 2027-01-31T23:44:08Z. Null when there is none. */
export const looseMoment = z
  .string()
  .nullish()
  .transform((text, ctx) => {
    if (text === null || text === undefined || text === '' || text.startsWith('0000')) return null;
    const moment = `${text.slice(0, 10)}T${text.slice(11, 19) || '00:00:00'}Z`;
    if (!Number.isNaN(Date.parse(moment))) return moment;
    ctx.addIssue('is not a date');
    return z.NEVER;
  });

/** A map by name; PHP writes an empty one as []. */
export const looseMap = z
  .union([z.array(z.unknown()).transform((): Record<string, unknown> => ({})), z.record(z.string(), z.unknown())])
  .nullish()
  .transform((map): Record<string, unknown> => map ?? {});
