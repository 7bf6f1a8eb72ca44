import { readProduct } from './catalogue.ts';
import { isStaff, staff, user, type App, type Ctx } from './http.ts';
import { load, type Host } from './kit.ts';
import { badge, markup, page, table, type Html } from './layout.ts';
import { contexts, provider } from './pages-reseller.ts';

/** Pages of the host with a panel of the plugin in them: home, a client, an order, a product. */
export function addPanelPages(app: App, host: Host, serviceUrl: string): void {
  const panel = (c: Ctx, name: string, id = ''): Html => {
    const portal = isStaff(c) ? 'admin' : 'client';
    const context = JSON.stringify({ host: { name: provider.name, ...contexts[portal] }, provider, nav: 'host' });
    const path = `/${name}${id && `?id=${encodeURIComponent(id)}`}`;
    return markup`<div data-reseller-frame data-panel data-src="${serviceUrl}/ui/panels/" data-portal="${portal}"
      data-path="${path}" data-token-url="/reseller/token" data-context="${context}"></div>
      <script type="module" src="/assets/reseller-frame.js"></script>`;
  };
  app.get('/admin/home', (c) => staff(c) && page(c, 'Home', panel(c, 'home')));
  app.get('/portal/home', (c) => user(c) && page(c, 'Home', panel(c, 'start')));
  app.get('/admin/clients/:id', (c) => {
    staff(c);
    const { id, name, company, email, status } = load(host, 'client', c.req.param('id'));
    const facts = table('Client|Name|Company|E-mail|Status', [
      markup`<tr><td>${id}<td>${name}<td>${company ?? ''}<td>${email}<td>${badge(status)}</tr>`,
    ]);
    return page(c, name, markup`${facts}${panel(c, 'client', id)}`);
  });
  app.get('/admin/orders/:id', (c) => {
    staff(c);
    const { id, clientId, status, lines } = load(host, 'order', c.req.param('id'));
    const rows = lines.map(({ title, quantity }) => markup`<tr><td>${quantity} × ${title}<td>${badge(status)}</tr>`);
    const whose = markup`<p>of <a href="/admin/clients/${clientId}">client ${clientId}</a></p>`;
    return page(c, `Order ${id}`, markup`${whose}${table('Product|Status', rows)}${panel(c, 'order', id)}`);
  });
  app.get('/products/:id', (c) => {
    const { id, title, description } = readProduct(host, c.req.param('id')).display;
    const own = c.get('session')?.account && !isStaff(c) ? panel(c, 'product', id) : '';
    return page(c, title, markup`<p class="muted">${description ?? ''}</p>${own}<p><a href="/">All products</a></p>`);
  });
}
