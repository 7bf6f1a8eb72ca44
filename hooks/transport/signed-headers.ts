/** Headers of a signed message: three of Standard Webhooks, three of ours. */
export const signedHeaders = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
  installation: 'x-reseller-installation',
  event: 'x-reseller-event',
  contract: 'x-reseller-contract',
} as const;

/** Seconds a message's timestamp may lie before or after the receiver's clock. */
export const TOLERANCE_SECONDS = 300;

/**
 * A message id: letters, digits, minus and underscore only. A full stop would make `id.timestamp.body` ambiguous, and
 * with it one signature good for two messages.
 */
export const messageIdPattern = /^[A-Za-z0-9_-]{1,120}$/;

/**
 * What the id of a call begins with. The body of a call does not name the call, so its name is put into the signed id:
 * a request that was signed for one call is refused at another call's path.
 */
export function callIdPrefix(callName: string): string {
  return `${callName.replaceAll('.', '-')}_`;
}

/**
 * What is signed of a request without a body: its path from /hooks/ or /bridge/ on, with the query. What stands before
 * (a proxy may serve either end below a path of its own) is left out, because the ends see it differently.
 */
export function signedPath(url: URL): string {
  const start = Math.max(url.pathname.lastIndexOf('/hooks/v1/'), url.pathname.lastIndexOf('/bridge/v1/'), 0);
  return url.pathname.slice(start) + url.search;
}
