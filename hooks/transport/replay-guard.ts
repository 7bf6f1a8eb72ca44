import { TOLERANCE_SECONDS } from './signed-headers.ts';

/** Remembers which signed requests were served already. */
export interface ReplayGuard {
  /** True the first time an id is shown, false ever after while its timestamp is still accepted. */
  admit(id: string, timestampMs: number, nowMs: number): boolean;
}

/**
 * A ReplayGuard in memory, for a host that is one process; hosts of many processes keep ids in a table. An id is kept
 * until its timestamp is too old to be accepted anyway, so the size is bounded by ten minutes of traffic.
 */
export function createReplayGuard(): ReplayGuard {
  const keepMs = TOLERANCE_SECONDS * 1000;
  let current = new Map<string, number>();
  let nextSweepMs = 0;
  return {
    admit(id, timestampMs, nowMs) {
      if (nowMs >= nextSweepMs) {
        current = new Map([...current].filter(([, until]) => until >= nowMs));
        nextSweepMs = nowMs + keepMs;
      }
      if (current.has(id)) return false;
      // A second more than the tolerance: timestamps are whole seconds.
      current.set(id, timestampMs + keepMs + 1000);
      return true;
    },
  };
}
