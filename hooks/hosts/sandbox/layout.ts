import { deleteCookie, getCookie } from 'hono/cookie';
import { html as markup } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { FLASH, isStaff, type App, type Ctx } from './http.ts';
import type { Refusal } from './kit.ts';
import { csrfOf } from './sessions.ts';
import { styles } from './styles.ts';

export { markup };
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
type Page = Response | Promise<Response>;

const menus: Record<string, string[]> = {
  portal: ['Home', 'Orders', 'Services', 'Invoices', 'Tickets', 'Reseller'],
  admin: ['Home', 'Clients', 'Products', 'Orders', 'Services', 'Invoices', 'Tickets', 'System', 'Reseller'],
};

function menu(path: string): Html | '' {
  const [, area = ''] = path.split('/');
  const links = menus[area]?.map((title) => {
    const to = `/${area}/${title.toLowerCase()}`;
    return markup`<a href="${to}"${path.startsWith(to) ? markup` aria-current="page"` : ''}>${title}</a>`;
  });
  return links ? markup`<nav>${links}</nav>` : '';
}

/** A whole page: top bar, the menu of its area, and the message that the last form left. */
export function page(c: Ctx, title: string, body: Html): Page {
  const { account, cart = [] } = c.get('session') ?? {};
  const message = getCookie(c, FLASH);
  if (message !== undefined) deleteCookie(c, FLASH);
  const home = markup`<a href="${isStaff(c) ? '/admin/clients' : '/portal/orders'}">${isStaff(c) ? 'Admin' : 'My account'}</a>`;
  const known = markup`${home}<span class="muted">${account?.name}</span>${form(c, '/api/session/end', 'Log out', '', '/')}`;
  return c.html(markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} · Sandbox Hosting</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/assets/host.css"></head><body>
    <header><a class="brand" href="/">Sandbox Hosting</a><a href="/">Shop</a><a href="/cart">Cart (${cart.length})</a>
    ${account ? known : markup`<a href="/login">Log in</a>`}</header>
    <div class="shell">${menu(c.req.path)}<main><h1>${title}</h1>
    ${message ? markup`<p class="note bad" role="alert">${message}</p>` : ''}${body}</main></div></body></html>`);
}

/** A form that posts to the JSON API and then goes to `next`, or back to this page. */
export function form(c: Ctx, action: string, button: string, fields: Html | '' = '', next = c.req.path): Html {
  return markup`<form method="post" action="${action}">${hidden('_csrf', csrfOf(c.get('token') ?? ''))}
    ${hidden('_back', c.req.path)}${hidden('_next', next)}${fields}
    <button class="${fields === '' ? 'plain' : ''}">${button}</button></form>`;
}

/** A table. Columns, parted by "|", whose name begins with ">" hold amounts and stand at the end, as cells of class "end" do. */
export function table(columns: string, rows: Html[]): Html {
  const heads = columns
    .split('|')
    .map((name) => markup`<th class="${name.startsWith('>') ? 'end' : ''}">${name.replace('>', '')}`);
  const whole = markup`<div class="scroll"><table><thead><tr>${heads}</thead><tbody>${rows}</tbody></table></div>`;
  return rows.length > 0 ? whole : markup`<p class="muted">Nothing here yet.</p>`;
}

export const hidden = (name: string, value: string): Html =>
  markup`<input type="hidden" name="${name}" value="${value}">`;
export const badge = (status: string): Html => markup`<span class="badge ${status}">${status.replace('_', ' ')}</span>`;
export const field = (label: string, name: string, value = '', type = 'text'): Html =>
  markup`<label>${label}<input name="${name}" value="${value}" type="${type}"></label>`;
export function select(label: string, name: string, choices: string[][]): Html {
  const options = choices.map(([value = '', title = value]) => markup`<option value="${value}">${title}</option>`);
  return markup`<label>${label}<select name="${name}">${options}</select></label>`;
}

/** What a browser is shown instead of a page. */
export function showError(c: Ctx, { code, message, status }: Refusal): Page {
  if (code === 'not_logged_in') return c.redirect(`/login?next=${encodeURIComponent(c.req.path)}`);
  c.status(status);
  return page(c, 'This did not work', markup`<p>${message}</p><p><a href="/">Back to the shop</a></p>`);
}

/** Serves the stylesheet, and sets a policy that frames the plugin's screens and nothing else. */
export function setPolicy(app: App, serviceUrl: string): void {
  const own =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";
  const frames = `frame-src ${new URL(serviceUrl).origin}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('content-security-policy', `${own}; ${frames}`);
    c.res.headers.set('x-content-type-options', 'nosniff');
    c.res.headers.set('referrer-policy', 'same-origin');
  });
  app.get('/assets/host.css', (c) => c.body(styles, 200, { 'content-type': 'text/css; charset=utf-8' }));
}
