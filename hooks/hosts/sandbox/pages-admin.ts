import type { BridgeJobs } from './bridge-jobs.ts';
import { readCatalogue } from './catalogue.ts';
import { readCredit } from './credit.ts';
import { staff, type App } from './http.ts';
import { list, momentNow, type Host } from './kit.ts';
import { badge, field, form, markup, page, select, table } from './layout.ts';

/** Clients, products and the state of the connection, for staff. Orders, services and invoices are on the account pages. */
export function addAdminPages(app: App, host: Host, jobs: BridgeJobs): void {
  app.get('/admin', (c) => c.redirect('/admin/clients'));
  app.get('/admin/clients', (c) => {
    staff(c);
    const { page: clients } = list(host, 'client', {});
    const rows = clients.map(({ id, name, company, email, status, currency }) => {
      const [next, button] = status === 'active' ? ['suspended', 'Suspend'] : ['active', 'Reopen'];
      const change = form(
        c,
        `/api/admin/clients/${id}`,
        button ?? '',
        markup`<input type="hidden" name="status" value="${next}">`,
      );
      return [
        markup`<span id="${id}">${id}</span>`,
        name,
        company ?? '',
        email,
        badge(status),
        `${currency} ${readCredit(host, id).balance}`,
        change,
      ];
    });
    const who = select('Client', 'clientId', clients.map(({ id, name }) => [id, `${id} ${name}`])); // prettier-ignore
    const products = readCatalogue(host).display.products.map(({ id, title }): [string, string] => [id, title]);
    const person = markup`${field('E-mail', 'email', '', 'email')}${field('Name', 'name')}${field('Company', 'company')}${field('Password', 'password', '', 'password')}`;
    const order = markup`${who}${select('Product', 'product', products)}${field('Term', 'term', '1M')}${field('Quantity', 'quantity', '1')}
      <label><input type="checkbox" name="raw">at retail, without the bridge</label>`;
    const card = (action: string, title: string, button: string, fields: typeof order) =>
      markup`<div class="card"><h3>${title}</h3>${form(c, action, button, markup`<div class="row">${fields}</div><p></p>`)}</div>`;
    return page(c, 'Clients', [
      table(['Client', 'Name', 'Company', 'E-mail', 'Status', '>Credit', ''], rows),
      card('/api/admin/clients', 'New client', 'Add client', person),
      card('/api/admin/credit', 'Account credit', 'Add credit', markup`${who}${field('Amount', 'amount')}`),
      card('/api/admin/orders', 'Order for a client', 'Place order', order),
    ]);
  });

  app.get('/admin/products', (c) => {
    staff(c);
    const currency = c.req.query('currency') ?? 'USD';
    const { products, currencies } = readCatalogue(host).catalogue;
    const rows = products.flatMap(({ id, offered, components }) =>
      components.flatMap(({ id: component, prices }) =>
        prices
          .filter((row) => row.currency === currency)
          .map(({ term, price, setup }) => {
            const hidden = Object.entries({ component, term, currency }).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`); // prettier-ignore
            const edit = markup`${hidden}<div class="row"><input name="price" aria-label="Price" size="8" value="${price ?? ''}"></div>`;
            return [
              id,
              offered ? '' : 'hidden',
              component,
              term,
              setup ?? '–',
              form(c, `/api/admin/products/${id}/price`, 'Save', edit),
            ];
          }),
      ),
    );
    const links = currencies.map(({ code }) => markup`<a href="?currency=${code}">${code}</a> `);
    return page(c, 'Products', [
      markup`<p>Retail prices in ${links}</p>`,
      table(['Product', '', 'Component', 'Term', '>Setup', 'Price'], rows),
    ]);
  });

  app.get('/admin/system', (c) => {
    staff(c);
    const held = host.store.readIndex();
    const { status } = jobs;
    type Row = { sequence: number; json: string; attempts: number; deliveredMs: number | null; reason: string | null };
    const events = host.db.all<Row>('SELECT * FROM outbox ORDER BY sequence DESC LIMIT 50').map((row) => {
      const { type, aggregate } = JSON.parse(row.json) as { type: string; aggregate: { id: string } };
      return [
        String(row.sequence),
        `${type} ${aggregate.id}`,
        row.deliveredMs ? 'delivered' : 'waiting',
        String(row.attempts),
        row.reason,
      ];
    });
    const facts = [
      ['Host clock', momentNow(host), ''],
      [
        'Price index',
        held ? held.index.revision.slice(0, 19) : 'none yet',
        held ? `confirmed ${new Date(held.confirmedAtMs).toISOString()}` : '',
      ],
      ['Resellers', String(held?.index.entries.length ?? 0), held ? `programme ${held.index.programme}` : ''],
      ['Last pull', status.pulledAt || '–', status.pullError],
      ['Last delivery', status.deliveredAt || '–', status.deliveryError],
    ];
    const clock = form(
      c,
      '/api/test/clock',
      'Advance clock',
      markup`<div class="row">${field('Duration', 'advance', '31d')}</div><p></p>`,
    );
    return page(c, 'System', [
      table(['What', 'Now', 'Detail'], facts),
      markup`<div class="card">${clock}</div><h2>Outbox</h2>`,
      table(['Number', 'Event', 'State', '>Failed tries', 'Reason'], events),
    ]);
  });
}
