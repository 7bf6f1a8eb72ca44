import { readProduct, viewShop, type Shop } from './catalogue.ts';
import { isStaff, type App, type Ctx } from './http.ts';
import type { Host } from './kit.ts';
import { field, form, hidden, markup, page, select, table, type Html } from './layout.ts';
import { readCart } from './sessions.ts';

const units: Record<string, string> = { D: 'days', W: 'weeks', M: 'months', Y: 'years' };
const singular: Record<string, string> = { '1D': 'day', '1W': 'week', '1M': 'month', '1Y': 'year' };
const termTitle = (term: string) => singular[term] ?? term.replace(/[DWMY]$/, (unit) => ` ${units[unit]}`);

/** A product with its price in the first term, and the form that configures it. */
function productCard(c: Ctx, product: Shop['products'][0], currency: string): Html {
  const { id, title, description, components, needs } = product;
  const offers = (components[0]?.prices ?? []).filter((row) => row.currency === currency && row.price !== null);
  const [first] = offers;
  if (!first) return markup``;
  const extra = (component: string) => {
    const prices = components.find((part) => part.id === component)?.prices ?? [];
    const row = prices.find((entry) => entry.term === first.term && entry.currency === currency);
    return `+${row?.wholesale ?? row?.price}`;
  };
  const options = product.options.map((option) => {
    const [name, part] = [`options.${option.id}`, components.find((entry) => entry.option?.id === option.id)];
    const worded = ({ id: choice, title: words }: { id: string; title: string }) =>
      `${words} ${extra(`${option.id}:${choice}`)}`;
    const choices = option.choices.map((choice) => [choice.id, worded(choice)]);
    if (choices.length > 0) return select(option.title, name, choices);
    const label = `${option.title} (${extra(part?.id ?? '')})`;
    if (part?.option?.type === 'quantity') return field(label, name, String(part.option.min), 'number');
    return markup`<label><input type="checkbox" name="${name}" value="true">${label}</label>`;
  });
  const setup =
    Number(first.setup) > 0 ? markup`<div class="muted">Setup ${first.wholesaleSetup ?? first.setup}</div>` : '';
  const retail = (first.wholesale ?? first.price) === first.price ? '' : markup` <s>${first.price}</s>`;
  const terms = offers.map(({ term, price, wholesale }) => [term, `${termTitle(term)}: ${wholesale ?? price}`]);
  const fields = markup`${hidden('product', id)}${hidden('currency', currency)}${select('Term', 'term', terms)}${options}
    ${needs ? field('Domain', 'domain') : ''}${field('Quantity', 'quantity', '1', 'number')}`;
  return markup`<section class="card"><div><h3><a href="/products/${id}">${title}</a></h3><div class="muted">${description ?? ''}</div></div><div>
    <span class="price">${currency} ${first.wholesale ?? first.price}${retail}</span> <span class="muted">/ ${termTitle(first.term)}</span>${setup}</div>
    ${form(c, '/api/cart', 'Add to cart', fields, '/cart')}</section>`;
}

function shopPage(c: Ctx, host: Host) {
  const { groups, products, currencies, pending } = viewShop(host, c.get('session')?.account);
  const asked = c.req.query('currency') ?? c.get('session')?.currency;
  const currency = currencies.find(({ code }) => code === asked)?.code ?? 'USD';
  const sections = groups.map(({ id, title }) => {
    const cards = products.filter(({ group }) => group === id).map((product) => productCard(c, product, currency));
    return markup`<h2>${title}</h2><div class="grid">${cards}</div>`;
  });
  const link = (code: string) => markup`<a href="/?currency=${code}">${code}</a> `;
  const links = currencies.map(({ code }) => (code === currency ? markup`<b>${code}</b> ` : link(code)));
  const note = pending
    ? markup`<p class="note">Your own prices are not at hand right now. Checkout confirms the price.</p>`
    : '';
  return page(c, 'Products', markup`${note}<p>Prices in ${links}</p>${sections}`);
}

function cartPage(c: Ctx, host: Host) {
  const { lines, quote, refused, currency } = readCart(host, c.get('session'), c.req.query('coupon'));
  if (lines.length === 0)
    return page(c, 'Cart', markup`<p class="muted">Your cart is empty. <a href="/">Choose a product</a></p>`);
  const rows = lines.map((line, index) => {
    const chosen = Object.entries(line.options).map(([name, value]) => `${name} ${value}`);
    const { price = '–', setup = '–' } = quote?.lines[index] ?? {};
    return markup`<tr><td>${readProduct(host, line.product).display.title}<td>${line.domain ?? chosen.join(', ')}<td>${termTitle(line.term)}<td class="end">${line.quantity}
      <td class="end">${price}<td class="end">${setup}</tr>`;
  });
  const own = quote?.stamp ? markup` <span class="badge active">your price</span>` : '';
  const total = quote ? markup`<p class="price">Due now: ${currency} ${quote.total}${own}</p>` : '';
  const methods = Object.entries({ gateway: 'Card (test gateway)', credit: 'Account credit' });
  const pay = select('Payment', 'paymentMethod', methods);
  const fields = markup`<div class="row">${field('Coupon', 'coupon')}${pay}${field('Note', 'note')}</div>`;
  const order = form(c, '/api/checkout', 'Place order', fields, '/portal/invoices/{invoiceId}');
  const next = c.get('session')?.account ? order : markup`<a href="/login?next=/cart">Log in to order</a>`;
  const note = refused ? markup`<p class="note bad" role="alert">${refused.message}</p>` : '';
  const body = markup`${note}${table(`Product|Options|Term|>Quantity|>Price ${currency}|>Setup`, rows)}${total}
    <div class="card">${next}</div>${form(c, '/api/cart/clear', 'Empty cart', '')}`;
  return page(c, 'Cart', body);
}

/** Shop, cart with checkout, and login. */
export function addShopPages(app: App, host: Host): void {
  app.get('/', (c) => shopPage(c, host));
  app.get('/cart', (c) => cartPage(c, host));
  app.get('/home', (c) => c.redirect(isStaff(c) ? '/admin/clients' : '/'));
  app.get('/login', (c) => {
    const fields = markup`${field('E-mail', 'email', '', 'email')}${field('Password', 'password', '', 'password')}`;
    const login = form(c, '/api/session', 'Log in', fields, c.req.query('next') ?? '/home');
    return page(c, 'Log in', markup`<div class="card login">${login}</div>`);
  });
}
