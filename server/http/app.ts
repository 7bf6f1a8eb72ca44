import { trpcServer } from '@hono/trpc-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { InstallationKeys } from '../../hooks/transport/keys.ts';
import type { Actor, ServiceContext } from '../context.ts';
import type { KeyMode } from '../modules/api-key/format.ts';
import { isDatabaseAway } from '../platform/database/retry.ts';
import type { Orm } from '../platform/database/orm.ts';
import type { Log } from '../platform/log.ts';
import { router } from '../trpc/router.ts';
import { apiRoutes } from './api.ts';
import { authenticate, logAnswer } from './authenticate.ts';
import type { Paths } from './docs/page.ts';
import { docsRoutes } from './docs.ts';
import { exportRoutes } from './exports.ts';
import { logFailure } from './failure.ts';
import { frontPage } from './front-page.ts';
import { healthRoutes } from './health.ts';
import { hookRoutes } from './hooks.ts';
import { KeyRefused } from './key-refused.ts';
import { mcpRoutes } from './mcp.ts';
import { type Pair, pairRoute } from './pair.ts';
import { problemOf } from './problem.ts';
import { rateHeaders } from './rate-headers.ts';
import { screenRoutes } from './screens.ts';
import { sourceAddress } from './source-address.ts';

export interface HttpOptions {
  context: (actor: Actor, mode?: KeyMode) => ServiceContext;
  orm: Orm;
  keys: InstallationKeys;
  log: Log;
  hostOrigin: string;
  pair: Pair | null;
  now: () => Date;
  trustedProxies: number;
}

/** Every route of the service. Transports parse, call a verb, and map its refusal; they decide nothing. */
export function createHttpApp(options: HttpOptions): Hono {
  const app = new Hono();
  // Set before the answer is made: a middleware that touches the finished answer costs more than a quote.
  app.use((c, next) => {
    c.header('x-content-type-options', 'nosniff');
    return next();
  });
  // Framing is decided by the screens' own Content-Security-Policy, which X-Frame-Options would override.
  app.use('/ui/*', secureHeaders({ xFrameOptions: false, crossOriginResourcePolicy: 'same-site' }));
  app.route('/', healthRoutes(options));
  app.get('/', (c) => frontPage(c, { hostUrl: options.hostOrigin, waitsFor: null }));
  app.route('/hooks/v1', hookRoutes(options));
  if (options.pair) app.route('/hooks/v1', pairRoute(options.pair));
  const api = apiRoutes(options);
  app.route('/api/v1', api);
  app.route(
    '/',
    docsRoutes(async () => (await api.request('/openapi.json')).json() as Promise<{ paths: Paths }>),
  );
  app.route('/mcp', mcpRoutes(options));
  // For files of prices and customers, which go in as text; nobody unknown may send as much.
  const limit = bodyLimit({ maxSize: 8 * 1024 * 1024 });
  app.use('/trpc/*', async (c, next) => {
    const found = await authenticate(options, c.req.raw, sourceAddress(c, options.trustedProxies));
    if (!found)
      return c.json({ error: { message: 'The session ended or the key is not valid. Reload the page.' } }, 401);
    const serve = trpcServer({ router, endpoint: '/trpc', createContext: () => ({ ...found }) });
    let served: Response | undefined;
    const refused = await limit(c, async () => {
      served = (await serve(c, next)) ?? undefined;
    });
    const answer = refused ?? served;
    const status = answer?.status ?? 404;
    for (const [name, value] of Object.entries(rateHeaders(found.rates ?? []))) answer?.headers.set(name, value);
    logAnswer(found, c.req.raw, status, status < 400 ? null : `http_${status}`);
    return answer;
  });
  app.route('/exports/v1', exportRoutes(options));
  app.route('/ui', screenRoutes(options));
  app.notFound((c) => problemOf(c, 404, 'not_found', 'There is nothing at this address.'));
  app.onError((error, c) => {
    if (error instanceof HTTPException) {
      const message = error.status === 400 ? 'The body is not JSON. Send a JSON document.' : error.message;
      return problemOf(c, error.status as ContentfulStatusCode, 'bad_input', message);
    }
    if (error instanceof KeyRefused) {
      for (const [name, value] of Object.entries(rateHeaders(error.rates))) c.header(name, value);
      const full = error.rates.find(({ remaining }) => remaining === 0);
      if (error.status === 429) c.header('retry-after', String(full?.resetSeconds ?? 60));
      return problemOf(c, error.status, error.code, error.message, { requestId: error.requestId });
    }
    if (isDatabaseAway(error)) {
      return problemOf(c, 503, 'unavailable', 'The service cannot reach its database now. Try again in a moment.');
    }
    return problemOf(c, 500, 'internal', logFailure(options.log, c.req.method, c.req.path, error));
  });
  return app;
}
