/** How long an old key stays good beside the one that replaces it, in hours. The choice is Unkey's. */
export const overlaps = { none: 0, '1h': 1, '24h': 24, '7d': 7 * 24, '30d': 30 * 24 } as const;
export const HOUR_MS = 3_600_000;
