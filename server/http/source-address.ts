import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * The caller's IP address for the activity log: of the socket, or, behind that many proxies of one's own, what the
 * outermost of them wrote into X-Forwarded-For. What a caller wrote there itself is never believed.
 */
export function sourceAddress(c: Context, trustedProxies: number): string | undefined {
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const told = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined;
  if (told) return told.slice(0, 64);
  try {
    return getConnInfo(c).remote.address;
  } catch {
    // Mounted in another server, which hands over the request without its socket.
    return undefined;
  }
}
