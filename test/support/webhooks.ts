import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceContext } from '../../server/context.ts';
import { claim } from '../../server/modules/webhook/claim.ts';
import { deliver, type Outcome } from '../../server/modules/webhook/deliver.ts';
import { fanOut } from '../../server/modules/webhook/fan-out.ts';
import { settle } from '../../server/modules/webhook/settle.ts';
import { record } from '../../server/modules/activity/record.ts';

export interface Received {
  headers: IncomingHttpHeaders & Record<string, string>;
  text: string;
  body: { id: string; type: string; sequence: number | null; data: Record<string, unknown> };
  path: string;
}

/** A receiver on 127.0.0.1 that answers as it is told; null = never. */
export async function startReceiver(answer: (request: Received, response: ServerResponse) => number | null) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const one = { headers: request.headers as Received['headers'], text, body: JSON.parse(text), path: request.url! };
      received.push(one);
      const status = answer(one, response);
      if (status !== null) response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What the pump does in one turn, and waits until all that was claimed is settled. */
export async function turn(ctx: ServiceContext): Promise<Outcome[]> {
  while (await fanOut(ctx));
  const claimed = await claim(ctx, 256, 64);
  const outcomes = await Promise.all(claimed.map((one) => deliver(ctx, one)));
  await settle(ctx, outcomes);
  return outcomes;
}

/** An event, with its activity entry, as a verb leaves it. */
export async function emit(
  ctx: ServiceContext,
  type: string,
  resellerId: string | null,
  event: Record<string, unknown>,
): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    record({ ...ctx, em }, { action: type, subject: { type: 'test', id: 'test' }, resellerId, event });
  });
}
