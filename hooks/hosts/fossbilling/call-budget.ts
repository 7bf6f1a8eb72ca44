import { HostError } from '../../contract/index.ts';

const HOUR_MS = 3_600_000;

/** How many calls an hour this process may make. The host allows 1,000 to a staff account and to an address. */
export interface BudgetLimits {
  /** All calls. Default 900: the rest is left to staff behind the same address. */
  calls?: number;
  /** Calls of lists that reconcile reads, which count among all calls as well. Default 300. */
  lists?: number;
}

/** Says before each call whether it may be made. */
export interface CallBudget {
  /** @throws HostError rate_limited with the seconds until there is room again. */
  take(purpose: 'call' | 'list'): void;
  /** The host asked to wait: no call is made before then. */
  pause(seconds: number): void;
}

/**
 * A budget over any 60 minutes, not per clock hour, so that two full hours cannot meet. Each process counts for itself:
 * with several of them give each a share.
 */
export function createCallBudget(limits: BudgetLimits = {}, now: () => number = Date.now): CallBudget {
  const windows = { call: slidingWindow(limits.calls ?? 900), list: slidingWindow(limits.lists ?? 300) };
  let pausedUntil = 0;
  return {
    take(purpose) {
      const at = now();
      const wait = Math.max(
        pausedUntil - at,
        windows.call.waitMs(at),
        purpose === 'list' ? windows.list.waitMs(at) : 0,
      );
      if (wait > 0) {
        const seconds = Math.ceil(wait / 1000);
        throw new HostError('rate_limited', 'The hourly number of calls to the host is used up.', seconds);
      }
      windows.call.count(at);
      if (purpose === 'list') windows.list.count(at);
    },
    pause(seconds) {
      pausedUntil = Math.max(pausedUntil, now() + seconds * 1000);
    },
  };
}

/** The moments of the last `limit` calls in a ring: there is room when the oldest of them is an hour old. */
function slidingWindow(limit: number) {
  const ring = new Float64Array(Math.max(1, limit)).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  return {
    waitMs: (at: number): number => Math.max(0, (ring[next] ?? 0) + HOUR_MS - at),
    count(at: number): void {
      ring[next] = at;
      next = (next + 1) % ring.length;
    },
  };
}
