import { readCredit } from './accounts.ts';
import type { BridgeJobs } from './bridge/jobs.ts';
import { readCatalogue } from './catalogue.ts';
import { staff, type App, type Ctx } from './http.ts';
import { list, momentNow, type Host } from './kit.ts';
import { badge, field, form, hidden, markup, page, select, table, type Html } from './layout.ts';

function clientsPage(c: Ctx, host: Host) {
  const { clients } = list(host, 'client');
  const rows = clients.map(({ id, name, company, email, status, currency }) => {
    const [next, button] = status === 'active' ? (['suspended', 'Suspend'] as const) : (['active', 'Reopen'] as const);
    const change = form(c, `/api/admin/clients/${id}`, button, hidden('status', next));
    return markup`<tr id="${id}"><td>${id}<td><a href="/admin/clients/${id}">${name}</a><td>${company ?? ''}<td>${email}<td>${badge(status)}
      <td class="end">${currency} ${readCredit(host, id).balance}<td>${change}</tr>`;
  });
  const people = clients.map(({ id, name }) => [id, `${id} ${name}`]);
  const offers = readCatalogue(host).display.products.map(({ id, title }) => [id, title]);
  const [who, products] = [select('Client', 'clientId', people), select('Product', 'product', offers)];
  const person = markup`${field('E-mail', 'email', '', 'email')}${field('Name', 'name')}${field('Company', 'company')}
    ${field('Password', 'password', '', 'password')}`;
  const order = markup`${who}${products}${field('Term', 'term', '1M')}${field('Quantity', 'quantity', '1')}
    <label><input type="checkbox" name="raw">at retail, without the bridge</label>`;
  const card = (action: string, title: string, button: string, fields: Html) =>
    markup`<div class="card"><h3>${title}</h3>${form(c, `/api/admin/${action}`, button, markup`<div class="row">${fields}</div>`)}</div>`;
  const body = markup`${table('Client|Name|Company|E-mail|Status|>Credit|', rows)}
    ${card('clients', 'New client', 'Add client', person)}
    ${card('credit', 'Account credit', 'Add credit', markup`${who}${field('Amount', 'amount')}`)}
    ${card('orders', 'Order for a client', 'Place order', order)}`;
  return page(c, 'Clients', body);
}

function productsPage(c: Ctx, host: Host) {
  const { products, currencies } = readCatalogue(host).catalogue;
  const currency = c.req.query('currency') ?? 'USD';
  const cells = products.flatMap(({ id, offered, components }) => {
    const all = components.flatMap((part) => part.prices.map((cell) => ({ id, offered, component: part.id, ...cell })));
    return all.filter((cell) => cell.currency === currency);
  });
  const rows = cells.map(({ id, offered, component, term, price, setup }) => {
    const fields = markup`${hidden('component', component)}${hidden('term', term)}${hidden('currency', currency)}
      <input name="price" aria-label="Price of ${id} ${component} ${term}" value="${price ?? ''}">`;
    return markup`<tr><td>${id}${offered ? '' : ' (hidden)'}<td>${component}<td>${term}<td class="end">${setup ?? '–'}
      <td class="edit">${form(c, `/api/admin/products/${id}/price`, 'Save', fields)}</tr>`;
  });
  const links = currencies.map(({ code }) => markup`<a href="?currency=${code}">${code}</a> `);
  const body = markup`<p>Retail prices in ${links}</p>${table('Product|Component|Term|>Setup|Price', rows)}`;
  return page(c, 'Products', body);
}

function systemPage(c: Ctx, host: Host, { status }: BridgeJobs) {
  const held = host.store.readIndex();
  type Row = { sequence: number; json: string; attempts: number; deliveredMs: number | null; reason: string | null };
  const events = host.db.all<Row>('SELECT * FROM outbox ORDER BY sequence DESC LIMIT 50').map((row) => {
    const { type, aggregate } = JSON.parse(row.json) as { type: string; aggregate: { id: string } };
    return markup`<tr><td>${row.sequence}<td>${type} ${aggregate.id}<td>${badge(row.deliveredMs ? 'delivered' : 'pending')}
      <td class="end">${row.attempts}<td>${row.reason ?? ''}</tr>`;
  });
  const fact = (name: string, now: string, detail: string | null = '') =>
    markup`<tr><td>${name}<td>${now}<td>${detail}</tr>`;
  const facts = [
    fact('Host clock', momentNow(host)),
    fact('Price index', held?.index.revision.slice(0, 19) ?? 'none yet', held && `programme ${held.index.programme}`),
    fact('Resellers', String(held?.index.entries.length ?? 0)),
    fact('Last pull', status.pulledAt || '–', status.pullError),
    fact('Last delivery', status.deliveredAt || '–', status.deliveryError),
  ];
  const duration = markup`<div class="row">${field('Duration', 'advance', '31d')}</div>`;
  const clock = form(c, '/api/test/clock', 'Advance clock', duration);
  const body = markup`${table('What|Now|Detail', facts)}<div class="card">${clock}</div><h2>Outbox</h2>
    ${table('Number|Event|State|>Failed tries|Reason', events)}`;
  return page(c, 'System', body);
}

/** Clients, products and the state of the connection, for staff. Orders, services and invoices are on the account pages. */
export function addAdminPages(app: App, host: Host, jobs: BridgeJobs): void {
  app.get('/admin', (c) => c.redirect('/admin/clients'));
  app.get('/admin/clients', (c) => staff(c) && clientsPage(c, host));
  app.get('/admin/products', (c) => staff(c) && productsPage(c, host));
  app.get('/admin/system', (c) => staff(c) && systemPage(c, host, jobs));
}
