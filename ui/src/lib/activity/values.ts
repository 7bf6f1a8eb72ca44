import { formatMoment } from '#lib/format/dates.ts';
import { currentLocale, t } from '#lib/messages/index.svelte.ts';
import { percent } from '#lib/words.ts';
import { printValue } from './diff.ts';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Writes a field's value as a person reads it: basis points as per cent, moments in the reader's zone, people by `names`. */
export const printField =
  (names: Readonly<Record<string, string>> = {}) =>
  (value: unknown, field: string): string | null => {
    if (typeof value === 'boolean') return t(value ? 'bulkChange.yes' : 'bulkChange.no');
    if (typeof value === 'number' && field.endsWith('Bp')) return percent(value);
    if (typeof value === 'string')
      return MOMENT.test(value) ? formatMoment(currentLocale(), value) : (names[value] ?? value);
    return printValue(value);
  };
