import { deleteCookie, getCookie } from 'hono/cookie';
import { html as markup } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { FLASH, type Ctx } from './http.ts';
import type { Refusal } from './kit.ts';
import { csrfOf } from './sessions.ts';

export { markup };
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const menus: Record<string, [path: string, title: string][]> = {
  portal: [
    ['/portal/orders', 'Orders'],
    ['/portal/services', 'Services'],
    ['/portal/invoices', 'Invoices'],
    ['/portal/tickets', 'Tickets'],
    ['/portal/reseller', 'Reseller'],
  ],
  admin: [
    ['/admin/clients', 'Clients'],
    ['/admin/products', 'Products'],
    ['/admin/orders', 'Orders'],
    ['/admin/services', 'Services'],
    ['/admin/invoices', 'Invoices'],
    ['/admin/tickets', 'Tickets'],
    ['/admin/system', 'System'],
    ['/admin/reseller', 'Reseller'],
  ],
};

/** A whole page: top bar, the menu of its area, and a message that the last form left. */
export function page(c: Ctx, title: string, body: Html | Html[]): Response | Promise<Response> {
  const session = c.get('session');
  const account = session?.account;
  const flash = getCookie(c, FLASH);
  if (flash !== undefined) deleteCookie(c, FLASH);
  const menu = menus[c.req.path.split('/')[1] ?? ''] ?? [];
  const current = (path: string) => (c.req.path.startsWith(path) ? markup` aria-current="page"` : '');
  const home =
    account?.role === 'staff'
      ? markup`<a href="/admin/clients">Admin</a>`
      : markup`<a href="/portal/orders">My account</a>`;
  return c.html(
    markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>${title} · Sandbox Hosting</title><link rel="stylesheet" href="/assets/host.css"></head><body>
      <header><a class="brand" href="/">Sandbox Hosting</a><a href="/">Shop</a><a href="/cart">Cart (${session?.cart.length ?? 0})</a>
      ${account ? markup`${home}<span class="muted">${account.name}</span>${form(c, '/api/session/end', 'Log out', '')}` : markup`<a href="/login">Log in</a>`}</header>
      <div class="shell${menu.length > 0 ? '' : ' wide'}">
      ${menu.length > 0 ? markup`<nav>${menu.map(([path, name]) => markup`<a href="${path}"${current(path)}>${name}</a>`)}</nav>` : ''}
      <main>${flash ? markup`<p class="note bad" role="alert">${flash}</p>` : ''}<h1>${title}</h1>${body}</main></div></body></html>`,
  );
}

/** A form that posts to the JSON API and then goes to `next`, or back to this page. */
export function form(c: Ctx, action: string, button: string, fields: Html | string, next?: string): Html {
  const back = c.req.path;
  return markup`<form method="post" action="${action}"><input type="hidden" name="_csrf" value="${csrfOf(c.get('token') ?? '')}">
    <input type="hidden" name="_back" value="${back}"><input type="hidden" name="_next" value="${next ?? (action.endsWith('/end') ? '/' : back)}">
    ${fields}<button class="${fields === '' ? 'plain' : ''}">${button}</button></form>`;
}

/** Columns whose name begins with ">" hold amounts, and stand at the end. */
export function table(columns: string[], rows: (Html | string | null)[][]): Html {
  if (rows.length === 0) return markup`<p class="muted">Nothing here yet.</p>`;
  const side = columns.map((column) => (column.startsWith('>') ? 'end' : ''));
  return markup`<div class="scroll"><table><thead><tr>${columns.map((column, index) => markup`<th class="${side[index]}">${column.replace('>', '')}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => markup`<tr>${row.map((cell, index) => markup`<td class="${side[index]}">${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

export const badge = (status: string): Html => markup`<span class="badge ${status}">${status.replace('_', ' ')}</span>`;
export const field = (label: string, name: string, value = '', more = ''): Html =>
  markup`<label>${label}<input name="${name}" value="${value}" type="${more || 'text'}"></label>`;
export const select = (label: string, name: string, choices: [value: string, title: string][]): Html =>
  markup`<label>${label}<select name="${name}">${choices.map(([value, title]) => markup`<option value="${value}">${title}</option>`)}</select></label>`;

/** What a browser is shown instead of a page. */
export function showError(c: Ctx, { code, message, status }: Refusal): Response | Promise<Response> {
  if (code === 'not_logged_in') return c.redirect(`/login?next=${encodeURIComponent(c.req.path)}`);
  c.status(status);
  return page(c, 'This did not work', markup`<p>${message}</p><p><a href="/">Back to the shop</a></p>`);
}
