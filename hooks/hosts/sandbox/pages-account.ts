import { readCredit } from './accounts.ts';
import { isStaff, own, scopeOf, staff, user, type App, type Ctx } from './http.ts';
import { find, load, type Document, type Host, type Kind } from './kit.ts';
import { badge, field, form, hidden, markup, page, table, type Html } from './layout.ts';
import { paidOn } from './payments.ts';
import { moves } from './services.ts';

/** What the visitor may see of a kind, newest first. */
function newest<K extends Kind>(c: Ctx, host: Host, kind: K): Document<K>[] {
  return find(host, kind, "? IN ('', clientId) ORDER BY id DESC LIMIT 200", scopeOf(c)?.[0] ?? '');
}

function orders(c: Ctx, host: Host): Html {
  const rows = newest(c, host, 'order').map((order) => {
    const what = order.lines.map(({ title, quantity }) => (quantity > 1 ? `${quantity} × ${title}` : title)).join(', ');
    const how = `${order.placedBy}${order.stamp ? ', wholesale' : ''}${order.customer ? `, for ${order.customer.name}` : ''}`;
    const invoice = order.invoiceId ? markup`<a href="/portal/invoices/${order.invoiceId}">Invoice</a>` : '–';
    const open = isStaff(c) && order.status === 'pending';
    const cancel = open ? form(c, `/api/admin/orders/${order.id}/cancel`, 'Cancel') : '';
    return markup`<tr id="${order.id}"><td>${order.id}<td>${order.clientId}<td>${order.createdAt.slice(0, 10)}<td>${what}<td>${how}
      <td>${badge(order.status)}<td>${invoice}<td>${cancel}</tr>`;
  });
  return table('Order|Client|Date|Products|Placed|Status|Invoice|', rows);
}

function services(c: Ctx, host: Host): Html {
  const rows = newest(c, host, 'service').map((service) => {
    const { id, clientId, title, status, term, quantity, recurring, nextDueOn, money } = service;
    const fitting = Object.entries(moves).filter(([, { from }]) => isStaff(c) && from.includes(status));
    const buttons = fitting.map(([action]) => form(c, `/api/admin/services/${id}/${action}`, action, ''));
    const lock = host.store.readLock(id)?.unitPrice ?? '–';
    return markup`<tr id="${id}"><td>${id}<td>${clientId}<td>${quantity > 1 ? `${quantity} × ` : ''}${title}<td>${badge(status)}<td>${term}
      <td class="end">${money.currency} ${recurring ?? '–'}<td class="end">${lock}<td>${nextDueOn ?? '–'}<td>${buttons}</tr>`;
  });
  return table('Service|Client|Product|Status|Term|>Renews at|>Price lock|Next due|', rows);
}

function invoices(c: Ctx, host: Host): Html {
  const rows = newest(c, host, 'invoice').map(({ id, clientId, number, status, issuedAt, dueOn, total, money }) => {
    return markup`<tr><td><a href="/portal/invoices/${id}">${number}</a><td>${clientId}<td>${issuedAt?.slice(0, 10) ?? '–'}<td>${dueOn}
      <td>${badge(status)}<td class="end">${money.currency} ${total}</tr>`;
  });
  const credit = isStaff(c) ? null : readCredit(host, user(c).id);
  const balance = credit ? markup`<p>Account credit: <b>${credit.money.currency} ${credit.balance}</b></p>` : '';
  return markup`${balance}${table('Invoice|Client|Issued|Due|Status|>Total', rows)}`;
}

function tickets(c: Ctx, host: Host): Html {
  const rows = newest(c, host, 'ticket').map(({ id, clientId, subject, status, updatedAt }) => {
    const answer = isStaff(c) ? form(c, `/api/admin/tickets/${id}`, 'Answered', hidden('status', 'answered')) : '';
    return markup`<tr><td>${id}<td>${clientId}<td>${subject}<td>${badge(status)}<td>${updatedAt.slice(0, 10)}<td>${answer}</tr>`;
  });
  const fields = markup`${field('Subject', 'subject')}<label>Message<textarea name="message" rows="3"></textarea></label>`;
  const open = isStaff(c) ? '' : markup`<div class="card">${form(c, '/api/tickets', 'Open ticket', fields)}</div>`;
  return markup`${open}${table('Ticket|Client|Subject|Status|Updated|', rows)}`;
}

function invoiceActions(c: Ctx, { id, status, total, money }: Document<'invoice'>): Html {
  const post = (path: string, button: string, fields: Html | '' = '') => form(c, `/api/${path}`, button, fields);
  const cancel = isStaff(c) ? post(`admin/invoices/${id}/cancel`, 'Cancel invoice') : '';
  if (status === 'paid' || status === 'part_refunded')
    return post(`invoices/${id}/refund`, 'Refund', field('Amount (blank: all)', 'amount'));
  if (status !== 'unpaid') return markup`${status === 'draft' ? cancel : ''}`;
  return markup`${post(`invoices/${id}/pay`, `Pay ${money.currency} ${total}`, hidden('method', 'gateway'))}
    ${post(`invoices/${id}/pay`, 'Pay from credit', hidden('method', 'credit'))}${post(`invoices/${id}/fail`, 'Let the payment fail')}${cancel}`;
}

function invoicePage(c: Ctx, host: Host) {
  const invoice = load(host, 'invoice', own(c, host, 'invoice'));
  const { number, status, total, money, payments, dueOn, held } = invoice;
  const lines = invoice.lines.map(({ title, quantity, unitPrice, amount }) => {
    return markup`<tr><td>${title}<td class="end">${quantity}<td class="end">${unitPrice}<td class="end">${amount}</tr>`;
  });
  const sum = markup`<tr><td><b>Total, excl. tax</b><td><td><td class="end"><b>${money.currency} ${total}</b></tr>`;
  const booked = payments.map(({ at, kind, method, amount }) => {
    return markup`<tr><td>${at.slice(0, 10)}<td>${kind}<td>${method}<td class="end">${amount}</tr>`;
  });
  const part = paidOn(invoice).paid > 0 && status === 'unpaid' ? badge('part paid') : '';
  const body = markup`<p>${badge(status)} ${part} <span class="muted">due ${dueOn}</span></p>
    ${held ? markup`<p class="note">${held}</p>` : ''}${table('Item|>Quantity|>Unit price|>Amount', [...lines, sum])}
    <div class="row">${invoiceActions(c, invoice)}</div><h2>Payments</h2>${table('Date|Kind|Method|>Amount', booked)}`;
  return page(c, `Invoice ${number}`, body);
}

/** Orders, services, invoices and tickets: in the portal a client's own, in the admin panel everybody's. */
export function addAccountPages(app: App, host: Host): void {
  const lists = { Orders: orders, Services: services, Invoices: invoices, Tickets: tickets };
  for (const [title, body] of Object.entries(lists)) {
    app.get(`/admin/${title.toLowerCase()}`, (c) => staff(c) && page(c, title, body(c, host)));
    app.get(`/portal/${title.toLowerCase()}`, (c) => page(c, title, body(c, host)));
  }
  app.get('/portal', (c) => c.redirect('/portal/orders'));
  app.get('/portal/invoices/:id', (c) => invoicePage(c, host));
}
