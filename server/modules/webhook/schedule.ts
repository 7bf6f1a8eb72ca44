const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pause before each attempt, counted from the one before it: the schedule that Standard Webhooks recommends. */
const pauses = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** Share of a pause by which it may be shorter or longer, so that retries of many events do not come in one instant. */
const JITTER = 0.2;
/** A receiver can ask for no longer pause than the longest of ours. */
const LONGEST_MS = 24 * HOUR;

/** Milliseconds until the next attempt after `made` failed ones, or null when that was the last. @param chance 0 to 1 */
export function pauseAfter(made: number, chance: number): number | null {
  const pause = pauses[made];
  return pause === undefined ? null : Math.round(pause * (1 - JITTER + 2 * JITTER * chance));
}

/** How long the receiver asked to be left alone. */
export const askedPause = (seconds: number | undefined): number =>
  Math.min(Math.max(seconds ?? 0, 0) * SECOND, LONGEST_MS);

/** How long an endpoint may fail before it is switched off. */
export const GIVE_UP_MS = 5 * 24 * HOUR;
