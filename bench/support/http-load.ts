import autocannon, { type Request } from 'autocannon';

export interface HttpLoad {
  perSecond: number;
  /** Milliseconds; the load generator counts in whole ones. */
  p99: number;
}

/**
 * Sends the requests in turn over `connections` connections for some seconds.
 * @throws when an answer was no success: a fast error is no result
 */
export async function httpLoad(
  url: string,
  requests: Request[],
  { connections, seconds }: { connections: number; seconds: number },
): Promise<HttpLoad> {
  const result = await autocannon({ url, connections, duration: seconds, requests });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${requests[0]?.path} failed.`);
  return { perSecond: result.requests.total / result.duration, p99: result.latency.p99 };
}
