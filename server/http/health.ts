import { Hono } from 'hono';
import type { HttpOptions } from './app.ts';

/** /healthz: the process answers. /readyz: it can serve, so its database answers and is migrated. */
export function healthRoutes({ orm }: HttpOptions): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    try {
      const em = orm.em.fork();
      await em.execute('select 1');
      const waiting = await orm.migrator.getPending();
      return c.json({ status: waiting.length === 0 ? 'ok' : 'migrating' }, waiting.length === 0 ? 200 : 503);
    } catch {
      return c.json({ status: 'database unreachable' }, 503);
    }
  });
  app.get('/metrics', async (c) => {
    const [row] = await orm.em.fork().execute<Record<string, number>[]>(
      `select (select count(*)::int from reseller) as resellers, (select count(*)::int from reseller_order) as orders,
              (select count(*)::int from reseller_order where status = 'placing') as orders_placing,
              (select count(*)::int from inbox where outcome = 'parked') as events_parked,
              (select count(*)::int from difference where status = 'open') as differences_open,
              (select count(*)::int from outbox where published_at is null) as outbox_waiting`,
    );
    const lines = Object.entries(row ?? {}).map(
      ([name, value]) => `# TYPE reseller_${name} gauge\nreseller_${name} ${value}`,
    );
    return c.text(`${lines.join('\n')}\n`);
  });
  return app;
}
