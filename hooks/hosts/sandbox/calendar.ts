import { Refusal } from './refusal.ts';

const DAY_MS = 86_400_000;

/** A moment as the contract writes it, to the second. */
export function momentOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The calendar day in a zone, e.g. "2027-01-31". */
export function dayIn(zone: string, ms: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(ms);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day one billing term later, clamped to the month's end; null for a term that does not come again. */
export function addTerm(day: string, term: string): string | null {
  const match = /^(\d+)([DWMY])$/.exec(term);
  if (!match) return null;
  const count = Number(match[1]);
  if (match[2] === 'D' || match[2] === 'W') return addDays(day, count * (match[2] === 'W' ? 7 : 1));
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const months = month - 1 + count * (match[2] === 'Y' ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** "31d", 31 or {"days":31}-like input as milliseconds. */
export function durationMs(text: string): number {
  const match = /^(\d{1,6})\s*([smhdw]?)$/.exec(text.trim());
  if (!match) throw new Refusal('bad_request', 'Write a duration such as "31d", "12h", "90m" or "30s".');
  const unit = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS, '': DAY_MS }[match[2] ?? ''] ?? DAY_MS;
  return Number(match[1]) * unit;
}
