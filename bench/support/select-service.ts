import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { connect } from '../../server/platform/database/orm.ts';
import { serveParent } from './child.ts';
import { poolOf } from './pool.ts';

const ROWS = 10_000;

export interface SelectReady {
  url: string;
  rows: number;
}

/**
 * The peer of our routes, the least a checked request can cost: Hono and one prepared SELECT by primary key, on
 * the same driver with the same pool settings as the service, below the ORM.
 */
serveParent<{ databaseUrl: string }, SelectReady, never, null>(async ({ databaseUrl }) => {
  const orm = await connect(databaseUrl);
  const pool = await poolOf(orm);
  await pool.query({
    text: 'create table bench_item (id integer primary key, sku text not null, cents integer not null)',
  });
  const fill = `insert into bench_item select i, 'sku-' || i, i from generate_series(1, ${ROWS}) i`;
  await pool.query({ text: fill });
  await pool.query({ text: 'analyze bench_item' });
  const text = 'select id, sku, cents from bench_item where id = $1';
  const app = new Hono();
  app.get('/items/:id', async (c) => {
    const { rows } = await pool.query({ name: 'item', text, values: [c.req.param('id')] });
    return c.json(rows[0] ?? null);
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return {
    ready: { url: `http://127.0.0.1:${port}`, rows: ROWS },
    answer: async () => null,
    stop: async () => {
      server.close();
      await orm.close(true);
    },
  };
});
