import { readCredit } from './credit.ts';
import { own, scopeOf, staff, user, type App, type Ctx } from './http.ts';
import { find, load, type Document, type Host, type Kind } from './kit.ts';
import { badge, field, form, markup, page, table, type Html } from './layout.ts';
import { paidOn } from './payments.ts';
import { serviceActions } from './services.ts';

/** What the visitor may see of a kind, newest first. */
function newest<K extends Exclude<Kind, 'client'>>(c: Ctx, host: Host, kind: K): Document<K>[] {
  const [only = ''] = scopeOf(c).clientIds ?? [];
  return find(host, kind, "? IN ('', clientId) ORDER BY id DESC LIMIT 200", only);
}

const money = (amount: string | null, { currency }: { currency: string }) =>
  amount === null ? '–' : `${currency} ${amount}`;
const invoiceLink = (id: string | null, text: string) =>
  id === null ? '–' : markup`<a href="/portal/invoices/${id}">${text}</a>`;

function orders(c: Ctx, host: Host): Html {
  const rows = newest(c, host, 'order').map(
    ({ id, clientId, status, createdAt, lines, invoiceId, placedBy, stamp, customer }) => {
      const what = lines.map(({ title, quantity }) => (quantity > 1 ? `${quantity} × ${title}` : title)).join(', ');
      const cancel =
        status === 'pending' && user(c).role === 'staff' ? form(c, `/api/admin/orders/${id}/cancel`, 'Cancel', '') : '';
      const how = `${placedBy}${stamp ? ', wholesale' : ''}${customer ? `, for ${customer.name}` : ''}`;
      return [
        markup`<span id="${id}">${id}</span>`,
        clientId,
        createdAt.slice(0, 10),
        what,
        how,
        badge(status),
        invoiceLink(invoiceId, 'Invoice'),
        cancel,
      ];
    },
  );
  return table(['Order', 'Client', 'Date', 'Products', 'Placed', 'Status', 'Invoice', ''], rows);
}

function services(c: Ctx, host: Host): Html {
  const fitting = { pending: ['provision'], setup_failed: ['provision', 'terminate'], active: ['suspend', 'terminate'], suspended: ['unsuspend', 'terminate'], cancelled: [] }; // prettier-ignore
  const rows = newest(c, host, 'service').map(
    ({ id, clientId, title, status, term, quantity, recurring, nextDueOn, money: own }) => {
      const able =
        user(c).role === 'staff'
          ? serviceActions.filter((action) => fitting[status].some((name) => name === action))
          : [];
      const buttons = able.map((action) => form(c, `/api/admin/services/${id}/${action}`, action, ''));
      const lock = host.store.readLock(id);
      const locked = lock && lock.unitPrice !== recurring ? `${lock.unitPrice} (lock)` : lock ? 'locked' : '';
      const named = markup`<span id="${id}">${quantity > 1 ? `${quantity} × ` : ''}${title}</span>`;
      return [
        id,
        clientId,
        named,
        badge(status),
        term,
        money(recurring, own),
        locked,
        nextDueOn ?? '–',
        markup`${buttons}`,
      ];
    },
  );
  return table(['Service', 'Client', 'Product', 'Status', 'Term', '>Renews at', 'Price lock', 'Next due', ''], rows);
}

function invoices(c: Ctx, host: Host): Html {
  const rows = newest(c, host, 'invoice').map(
    ({ id, clientId, number, status, issuedAt, dueOn, total, money: own }) => {
      return [
        invoiceLink(id, number),
        clientId,
        issuedAt?.slice(0, 10) ?? '–',
        dueOn,
        badge(status),
        money(total, own),
      ];
    },
  );
  return table(['Invoice', 'Client', 'Issued', 'Due', 'Status', '>Total'], rows);
}

function tickets(c: Ctx, host: Host): Html {
  const rows = newest(c, host, 'ticket').map(({ id, clientId, subject, status, updatedAt }) => {
    const answer =
      user(c).role === 'staff'
        ? form(c, `/api/admin/tickets/${id}`, 'Answered', markup`<input type="hidden" name="status" value="answered">`)
        : '';
    return [id, clientId, subject, badge(status), updatedAt.slice(0, 10), answer];
  });
  const fields = markup`${field('Subject', 'subject')}<label>Message<textarea name="message" rows="3"></textarea></label>`;
  const open =
    user(c).role === 'staff' ? '' : markup`<div class="card">${form(c, '/api/tickets', 'Open ticket', fields)}</div>`;
  return markup`${open}${table(['Ticket', 'Client', 'Subject', 'Status', 'Updated', ''], rows)}`;
}

function invoicePage(c: Ctx, host: Host, invoice: Document<'invoice'>) {
  const { id, number, status, total, lines, payments, money: own, dueOn, held } = invoice;
  const { due, paid, refunded } = paidOn(invoice);
  const hidden = (name: string, value: string) => markup`<input type="hidden" name="${name}" value="${value}">`;
  const pay = markup`${form(c, `/api/invoices/${id}/pay`, `Pay ${money(total, own)}`, hidden('method', 'gateway'))}
    ${form(c, `/api/invoices/${id}/pay`, 'Pay from credit', hidden('method', 'credit'))}
    ${form(c, `/api/invoices/${id}/fail`, 'Let the payment fail', '')}`;
  const refund = form(c, `/api/invoices/${id}/refund`, 'Refund', field('Amount (blank: all)', 'amount'));
  const cancel = user(c).role === 'staff' ? form(c, `/api/admin/invoices/${id}/cancel`, 'Cancel invoice', '') : '';
  const actions = status === 'unpaid' ? markup`${pay}${cancel}` : paid > refunded && due <= 0 ? refund : '';
  return page(c, `Invoice ${number}`, [
    markup`<p>${badge(status)} <span class="muted">due ${dueOn}</span></p>${held ? markup`<p class="note">${held}</p>` : ''}`,
    table(['Item', '>Quantity', '>Unit price', '>Amount'], [
      ...lines.map((line) => [line.title, String(line.quantity), line.unitPrice, line.amount]),
      [markup`<b>Total, excl. tax</b>`, '', '', markup`<b>${money(total, own)}</b>`],
    ]), // prettier-ignore
    markup`<div class="row">${actions}</div><h2>Payments</h2>`,
    table(['Date', 'Kind', 'Method', '>Amount'], payments.map(({ at, kind, method, amount }) => [at.slice(0, 10), kind, method, amount])), // prettier-ignore
  ]);
}

/** Orders, services, invoices and tickets: in the portal a client's own, in the admin panel everybody's. */
export function addAccountPages(app: App, host: Host): void {
  const lists = { orders, services, invoices, tickets };
  for (const [name, body] of Object.entries(lists)) {
    const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;
    app.get(`/admin/${name}`, (c) => staff(c) && page(c, title, body(c, host)));
    app.get(`/portal/${name}`, (c) => {
      const credit = user(c).role === 'client' ? readCredit(host, user(c).id) : null;
      const line =
        credit && name === 'invoices'
          ? markup`<p>Account credit: <b>${money(credit.balance, credit.money)}</b></p>`
          : '';
      return page(c, title, markup`${line}${body(c, host)}`);
    });
  }
  app.get('/portal', (c) => c.redirect('/portal/orders'));
  app.get('/portal/invoices/:id', (c) => invoicePage(c, host, load(host, 'invoice', own(c, host, 'invoice'))));
}
