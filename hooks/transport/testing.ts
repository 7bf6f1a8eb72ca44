import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { HostError, type HostPort } from '../contract/index.ts';
import { hostPortOf } from './run-call.ts';

/** Serves a handler over real HTTP on 127.0.0.1, for tests. `stop` ends it and every connection. */
export async function listen(
  handler: (request: Request) => Response | Promise<Response>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(getRequestListener(handler));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A host that can do only what the test gives it. */
export function partialHostPort(parts: Partial<HostPort>): HostPort {
  const rest = hostPortOf(async (name) => {
    throw new HostError('not_supported', `This host has no ${name}.`);
  });
  return { ...rest, ...parts };
}
