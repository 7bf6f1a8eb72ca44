import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

/** Serves a handler over HTTP on a free port of 127.0.0.1; `stop` ends it and every connection. */
export async function listen(
  handler: (request: Request) => Response | Promise<Response>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(getRequestListener(handler));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
