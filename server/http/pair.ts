import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { faults } from '../../hooks/transport/run-call.ts';
import { PairingError, type PairingErrorCode, pairingErrors } from '../modules/pairing/errors.ts';
import type { PairingAnswer } from '../modules/pairing/pair.ts';
import { pairingRequest, type PairingRequest } from '../modules/pairing/request.ts';
import { isPrivateAddress } from '../platform/private-address.ts';

/** Pairs, with everything a request does not say. @throws PairingError */
export type Pair = (request: PairingRequest) => Promise<PairingAnswer>;

/** POST /pair: the only address that needs no signature. What it answers is shown to the admin in the host. */
export function pairRoute(pair: Pair): Hono {
  const app = new Hono();
  const refuse = (c: Context, code: PairingErrorCode | 'too_large', message: string) =>
    c.json({ error: { code, message } }, (code === 'too_large' ? 413 : pairingErrors[code]) as 400, {
      'cache-control': 'no-store',
    });
  const limit = bodyLimit({ maxSize: 16 * 1024, onError: (c) => refuse(c, 'too_large', 'The body is too large.') });
  app.post('/pair', limit, async (c) => {
    if (isOpenToTheInternet(c)) {
      return refuse(
        c,
        'https_required',
        'This came over the Internet without encryption. Use the https address of the service.',
      );
    }
    const parsed = pairingRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return refuse(c, 'bad_request', `This is no pairing request: ${faults(parsed.error)}`);
    try {
      return c.json(await pair(parsed.data), 200, { 'cache-control': 'no-store' });
    } catch (error) {
      if (error instanceof PairingError) return refuse(c, error.code, error.message);
      throw error;
    }
  });
  return app;
}

/** The service itself speaks plain http: a caller with a public address did too. A proxy that ends TLS is a private one. */
function isOpenToTheInternet(c: Context): boolean {
  const address = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress;
  return address !== undefined && !isPrivateAddress(address);
}
