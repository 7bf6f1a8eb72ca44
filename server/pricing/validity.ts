/** When a rule holds: from inclusive, until exclusive, UTC, null = without end (rule 17). */
export interface Validity {
  readonly from: string | null;
  readonly until: string | null;
}

/** True if a rule holds at a moment. Moments have one fixed width, so their text orders as they do. */
export function holdsAt(rule: Validity, at: string): boolean {
  return (rule.from === null || rule.from <= at) && (rule.until === null || at < rule.until);
}

/** True if two rules hold at a common moment. Rules that meet end to end do not. */
export function overlap(one: Validity, other: Validity): boolean {
  return (
    (one.until === null || other.from === null || other.from < one.until) &&
    (other.until === null || one.from === null || one.from < other.until)
  );
}

/** The earliest from or until strictly after a moment, null if there is none. */
export function nextChange(rules: Iterable<Validity>, at: string): string | null {
  let next: string | null = null;
  for (const { from, until } of rules) {
    for (const moment of [from, until]) {
      if (moment !== null && moment > at && (next === null || moment < next)) next = moment;
    }
  }
  return next;
}
