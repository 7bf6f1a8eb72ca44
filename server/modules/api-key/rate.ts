/** A limit as a call left it: what `RateLimit` and `Retry-After` say. */
export interface RateState {
  /** What is counted: the key, or all keys of its reseller. */
  name: 'key' | 'reseller';
  /** Calls a minute. */
  quota: number;
  remaining: number;
  /** Seconds until the next minute begins. */
  resetSeconds: number;
}

/** The calls of one batch on one counter, which was raised by all of them at once. */
export interface Counter {
  name: RateState['name'];
  quota: number;
  /** What may be used in this minute: the quota and what was carried. */
  capacity: number;
  /** Used before this batch. */
  before: number;
  /** Handed out of this batch so far. */
  taken: number;
  resetSeconds: number;
}

/** Takes one call out of a counter. `allowed` is false once the minute's calls are used up. */
export function take(counter: Counter): { allowed: boolean; state: RateState } {
  counter.taken += 1;
  const left = counter.capacity - counter.before - counter.taken;
  const { name, quota, resetSeconds } = counter;
  return { allowed: left >= 0, state: { name, quota, remaining: Math.max(0, left), resetSeconds } };
}
