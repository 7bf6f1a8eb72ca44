export const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day in a zone, e.g. "2027-01-31". */
export function dayIn(zone: string, ms: number): string {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  formats.set(zone, format);
  return format.format(ms);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day one billing term later, clamped to the month's end; null for a term that does not come again. */
export function addTerm(day: string, term: string): string | null {
  const [, count = '', unit] = /^(\d+)([DWMY])$/.exec(term) ?? [];
  if (unit === undefined) return null;
  if (unit === 'D' || unit === 'W') return addDays(day, Number(count) * (unit === 'W' ? 7 : 1));
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const months = month - 1 + Number(count) * (unit === 'Y' ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(date, last))).toISOString().slice(0, 10);
}
