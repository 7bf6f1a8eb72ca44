/** Seconds of each unit that a time is typed in. */
export const UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
export type Unit = keyof typeof UNITS;

/** The largest unit that says so many seconds in a whole number. */
export function unitOf(seconds: number): Unit {
  const fitting = (Object.keys(UNITS) as Unit[]).filter((unit) => seconds > 0 && seconds % UNITS[unit] === 0);
  return fitting.at(-1) ?? 'seconds';
}

/** What was typed, in seconds; null when nothing was. */
export function secondsOf(text: string, unit: Unit): number | null {
  return text.trim() === '' ? null : Math.round(Number(text) * UNITS[unit]);
}
