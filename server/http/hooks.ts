import { type Context, Hono } from 'hono';
import { intakeRequest } from '../../hooks/contract/index.ts';
import { MAX_CHUNKS_PER_PULL } from '../../hooks/transport/plugin-port.ts';
import { verifyRequest } from '../../hooks/transport/verify.ts';
import { hostActor } from '../actors.ts';
import { takeIn } from '../modules/intake/take-in.ts';
import { priceSource } from '../modules/price-list/source.ts';
import type { HttpOptions } from './app.ts';

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** What the host's bridge calls: deliver events, pull price lists. Signed with the host's keys, each request. */
export function hookRoutes({ context, keys, orm, now }: HttpOptions): Hono {
  const app = new Hono();
  const prices = priceSource(context(hostActor).prices, () => orm.em.fork(), now);
  const refuse = (c: Context, status: number, code: string, message: string) =>
    c.json({ error: { code, message } }, status as 400);
  const verified = (c: Context, method: 'GET' | 'POST') =>
    verifyRequest(c.req.raw, { keys, direction: 'hostToPlugin', nowMs: Date.now(), method, maxBytes: MAX_BODY_BYTES });

  app.post('/events', async (c) => {
    const message = await verified(c, 'POST');
    if (!message.ok) return refuse(c, message.status, message.code, message.message);
    const delivery = intakeRequest.safeParse(readJson(message.payload));
    if (!delivery.success) return refuse(c, 400, 'bad_request', 'Send {"events":[…]}, at most 100, each with its id.');
    return c.json({ results: await takeIn(() => context(hostActor), delivery.data.events) });
  });

  const serve = async <T>(c: Context, read: () => Promise<T | null>, tag?: (found: T) => string) => {
    const message = await verified(c, 'GET');
    if (!message.ok) return refuse(c, message.status, message.code, message.message);
    const found = await read();
    if (found === null) return refuse(c, 404, 'not_found', 'There is nothing of this name.');
    const etag = tag && `"${tag(found)}"`;
    if (etag && c.req.header('if-none-match') === etag) return c.body(null, 304, { etag });
    return c.json(found as object, 200, {
      ...(etag ? { etag } : {}),
      'cache-control': etag ? 'no-cache' : 'private, immutable, max-age=31536000',
    });
  };
  app.get('/price-lists/index', (c) => serve(c, prices.index, ({ revision }) => revision));
  app.get('/price-lists/lists/:hash', (c) => serve(c, () => prices.list(c.req.param('hash'))));
  app.get('/price-lists/pages/:hash', (c) => serve(c, () => prices.page(c.req.param('hash'))));
  app.get('/price-lists/chunks', (c) =>
    serve(c, async () => ({
      chunks: await prices.chunks((c.req.queries('hash') ?? []).slice(0, MAX_CHUNKS_PER_PULL)),
    })),
  );
  return app;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
