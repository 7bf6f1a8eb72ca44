const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A calendar date, "2027-04-01": it never moves with a time zone. */
export function formatDay(locale: string, day: string): string {
  const [, year, month, date] = DAY.exec(day) ?? [];
  if (!year) return day;
  const moment = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(moment);
}

/** A moment in the viewer's zone: date and time. */
export const formatMoment = (locale: string, moment: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));

/** The date of a moment in the viewer's zone. */
export const formatDate = (locale: string, moment: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(moment));

/** Hour and minute of a moment, in the viewer's zone. */
export const formatTime = (locale: string, moment: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(moment));

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['hour', 3600],
  ['minute', 60],
];

/** Relative below 24 hours, else date and time. */
export function formatAge(locale: string, moment: string, now: number): string {
  const seconds = Math.round((Date.parse(moment) - now) / 1000);
  if (Math.abs(seconds) >= 86_400) return formatMoment(locale, moment);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

/** All calendar days from the first to the last, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** Today's calendar date in a zone. */
export const today = (zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date());
