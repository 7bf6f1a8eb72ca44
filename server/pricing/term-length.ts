/** Days of a unit, months and years as they are on average: terms are put in order by it, nothing is charged by it. */
const DAYS = { D: 1, W: 7, M: 30.44, Y: 365.25 } as const;

/** How long a billing term is, in days; "once" is longer than all, and as long as itself. */
export function termLength(term: string): number {
  const found = /^([1-9][0-9]*)([DWMY])$/.exec(term);
  return found ? Number(found[1]) * DAYS[found[2] as keyof typeof DAYS] : Number.MAX_SAFE_INTEGER;
}
