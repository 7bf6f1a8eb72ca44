import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { Programme } from '../programme/entity.ts';
import { billingDay } from './billing-day.ts';

const DAY_MS = 86_400_000;
/** Days that a range may hold: ten years. */
const MOST_DAYS = 3660;

/** Ranges of screens 1.2. Days are the provider's (its billing zone); `custom` needs both ends, which are in. */
export const rangeInput = z.object({
  range: z.enum(['today', '7d', '30d', 'this_month', 'last_month', '12m', 'all', 'custom']).default('30d'),
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
});
export type RangeInput = z.infer<typeof rangeInput>;

/** A range in days of the provider, both ends in, and the period before it that it is compared with. */
export interface Period {
  from: string;
  until: string;
  /** Null where there is nothing before: range `all`. */
  previous: { from: string; until: string } | null;
  /** The running day: screens leave it out of comparisons. */
  today: string;
  zone: string;
}

/**
 * What a range means now. The previous period has the same length; of this month it is the same days of the last one, of
 * last month and 12 months the whole months before. @throws bad_input
 */
export async function readPeriod({ em, now }: ServiceContext, input: RangeInput): Promise<Period> {
  const { billingZone } = await em.findOneOrFail(Programme, 1);
  const today = billingDay(now, billingZone);
  const month = `${today.slice(0, 8)}01`;
  const base = { today, zone: billingZone };
  switch (input.range) {
    case 'today':
      return { from: today, until: today, previous: before(today, today), ...base };
    case '7d':
    case '30d': {
      const from = shiftDay(today, input.range === '7d' ? -6 : -29);
      return { from, until: today, previous: before(from, today), ...base };
    }
    case 'this_month': {
      const last = shiftMonth(month, -1);
      const until = shiftDay(last, Number(today.slice(8)) - 1);
      const end = shiftDay(month, -1);
      return { from: month, until: today, previous: { from: last, until: until < end ? until : end }, ...base };
    }
    case 'last_month': {
      const from = shiftMonth(month, -1);
      const previous = { from: shiftMonth(from, -1), until: shiftDay(from, -1) };
      return { from, until: shiftDay(month, -1), previous, ...base };
    }
    case '12m': {
      const from = shiftMonth(month, -11);
      return { from, until: today, previous: { from: shiftMonth(from, -12), until: shiftDay(from, -1) }, ...base };
    }
    case 'all':
      return { from: '1970-01-01', until: today, previous: null, ...base };
    case 'custom': {
      const { from, until } = input;
      if (!from || !until) throw new ServiceError('bad_input', 'A custom range needs from and until.', '/from');
      if (until < from) throw new ServiceError('bad_input', 'The range ends before it begins.', '/until');
      if (days(from, until) > MOST_DAYS) throw new ServiceError('bad_input', 'Choose at most ten years.', '/from');
      return { from, until, previous: before(from, until), ...base };
    }
  }
}

/**
 * The complete days of a range and as many of the period before: what may be compared, since the running day is not over
 * (screens 1.1). Null where there is no complete day, or nothing before.
 */
export function completeDays({ from, until, previous, today }: Period) {
  const last = until < today ? until : shiftDay(today, -1);
  if (previous === null || last < from) return null;
  const end = shiftDay(previous.from, days(from, last) - 1);
  return {
    now: { from, until: last },
    before: { from: previous.from, until: end < previous.until ? end : previous.until },
  };
}

const days = (from: string, until: string): number => (Date.parse(until) - Date.parse(from)) / DAY_MS + 1;
const before = (from: string, until: string) => ({
  from: shiftDay(from, -days(from, until)),
  until: shiftDay(from, -1),
});

/** Calendar arithmetic on a day without a zone. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);
}

/** The first of the month that many months away. */
export function shiftMonth(day: string, by: number): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + by, 1)).toISOString().slice(0, 10);
}
