import type { Problem } from './entity.ts';

export function problemRow(problem: Problem) {
  const { id, key, message, severity, resellerId, count, firstAt, lastAt, state, owner, note, version } = problem;
  return {
    id,
    /** What it is about before the colon, such as event_parked: screens filter by it. */
    kind: key.split(':')[0]!,
    message,
    severity,
    resellerId,
    count,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    state,
    owner,
    note,
    version,
  };
}
