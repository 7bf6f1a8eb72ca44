import { createResellerPlugin } from '../../server/plugin.ts';
import { createNodeHost } from './node-host.ts';

/** The example host at work: `node host.mjs postgresql://…`. Prints what it sold and what was earned, line by line. */
const [databaseUrl = ''] = process.argv.slice(2);
const shop = createNodeHost();
const plugin = createResellerPlugin({ host: shop.host, databaseUrl });
plugin.hooks.register(shop.lifecycle);
process.stdout.write('registered\n');
await plugin.start();

const scopes = ['resellers:read', 'resellers:write'];
const token = await plugin.mintSession({
  sub: 'admin:1',
  portal: 'admin',
  scopes,
  account: null,
  sid: 'example-session',
});
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
const body = JSON.stringify({ hostClientId: '7', company: 'Rosa Resale' });
await plugin.fetch(new Request('http://localhost/trpc/resellers.create', { method: 'POST', headers, body }));

const item = { product: 'vps', term: '1M', quantity: 1, options: {} };
const question = { clientId: '7', currency: 'USD', lines: [item] };
while (plugin.hooks.priceOrder(question).decision !== 'wholesale') await new Promise((done) => setTimeout(done, 50));
const invoice = shop.buy('7', item);
process.stdout.write(`sold at ${invoice.total} instead of 10.00\n`);
shop.pay(invoice);
await plugin.delivered();
const answer = await plugin.fetch(new Request('http://localhost/trpc/resellers.list?input={}', { headers }));
const { rows } = ((await answer.json()) as { result: { data: { rows: { revenue: object }[] } } }).result.data;
process.stdout.write(`revenue ${JSON.stringify(rows[0]?.revenue)}\n`);
const screens = await plugin.fetch(new Request('http://localhost/ui/portal/'));
process.stdout.write(`screens ${screens.status}\n`);
await plugin.stop();
process.stdout.write('stopped\n');
