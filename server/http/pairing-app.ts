import { Hono } from 'hono';
import { frontPage } from './front-page.ts';
import { type Pair, pairRoute } from './pair.ts';
import { problemOf } from './problem.ts';

/**
 * What answers while no host is paired: it takes the pairing, and tells everybody else why there is nothing more.
 * @param hostUrl the host that is waited for
 * @param reason why the service waits, in words for whoever runs it
 */
export function createPairingApp(pair: Pair, hostUrl: string, reason: () => string): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', (c) => c.json({ status: 'not paired', reason: reason() }, 503));
  app.get('/', (c) => frontPage(c, { hostUrl, waitsFor: reason() }));
  app.route('/hooks/v1', pairRoute(pair));
  app.notFound((c) => problemOf(c, 503, 'not_paired', `Not paired yet: ${reason()}`));
  app.onError((_error, c) =>
    problemOf(c, 503, 'unavailable', 'The service cannot reach its database now. Try again in a moment.'),
  );
  return app;
}
