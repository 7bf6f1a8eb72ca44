import type { RateState } from '../modules/api-key/rate.ts';

/** `RateLimit` and `RateLimit-Policy` (IETF draft-ietf-httpapi-ratelimit-headers); windows are minutes. */
export function rateHeaders(rates: readonly RateState[]): Record<string, string> {
  if (rates.length === 0) return {};
  return {
    'ratelimit-policy': rates.map(({ name, quota }) => `"${name}";q=${quota};w=60`).join(', '),
    ratelimit: rates
      .map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`)
      .join(', '),
  };
}
