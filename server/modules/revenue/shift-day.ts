const DAY_MS = 86_400_000;

/** Calendar arithmetic on a day (2027-01-31) without a zone. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);
}
