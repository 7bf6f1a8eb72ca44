import { readCart } from './cart.ts';
import { user, type App, type Ctx } from './http.ts';
import type { Host } from './kit.ts';
import { field, form, markup, page, select, table, type Html } from './layout.ts';
import { viewShop, type Shop } from './shop-view.ts';

type ShopProduct = Shop['products'][0];
const termTitle = (term: string) =>
  term.replace(/^1M$/, 'month').replace(/^1Y$/, 'year').replace(/^(\d+)M$/, '$1 months').replace(/^(\d+)Y$/, '$1 years'); // prettier-ignore

/** A product with its price in the first term, and the form that configures it. */
function productCard(
  c: Ctx,
  { id, title, description, components, options, needs }: ShopProduct,
  currency: string,
): Html {
  const [main] = components;
  const offers = (main?.prices ?? []).filter((price) => price.currency === currency && price.price !== null);
  const [first] = offers;
  if (!first) return markup``;
  const extra = (component: string | undefined) => {
    const own = components.find((part) => part.id === component)?.prices;
    const price = own?.find((entry) => entry.term === first.term && entry.currency === currency);
    return price ? `+${price.wholesale ?? price.price}` : '';
  };
  const fields = options.map(({ id: option, title: name, choices }) => {
    const part = components.find((entry) => entry.option?.id === option);
    if (part?.option?.type === 'choice') {
      return select(name, `options.${option}`, choices.map((choice) => [choice.id, `${choice.title} ${extra(`${option}:${choice.id}`)}`])); // prettier-ignore
    }
    if (part?.option?.type === 'flag') {
      return markup`<label><input type="checkbox" name="options.${option}" value="true">${name} ${extra(part.id)}</label>`;
    }
    return field(`${name} (${extra(part?.id)} each)`, `options.${option}`, '0', 'number');
  });
  const setup =
    Number(first.setup ?? 0) > 0 ? markup`<div class="muted">Setup ${first.wholesaleSetup ?? first.setup}</div>` : '';
  const retail = first.wholesale !== undefined && first.wholesale !== first.price ? markup` <s>${first.price}</s>` : '';
  const terms = offers.map(({ term, price, wholesale }): [string, string] => [
    term,
    `${termTitle(term)}: ${wholesale ?? price}`,
  ]);
  return markup`<section class="card" id="${id}"><div><h3>${title}</h3><div class="muted">${description ?? ''}</div></div>
    <div><span class="price">${currency} ${first.wholesale ?? first.price}${retail}</span> <span class="muted">/ ${termTitle(first.term)}</span>${setup}</div>
    ${form(
      c,
      '/api/cart',
      'Add to cart',
      markup`<input type="hidden" name="product" value="${id}"><input type="hidden" name="currency" value="${currency}">
      ${select('Term', 'term', terms)}${fields}${needs ? field('Domain', 'domain') : ''}${field('Quantity', 'quantity', '1', 'number')}`,
      '/cart',
    )}</section>`;
}

/** Shop, cart with checkout, and login. */
export function addShopPages(app: App, host: Host): void {
  app.get('/', (c) => {
    const account = c.get('session')?.account;
    const { groups, products, currencies, pending } = viewShop(host, account);
    const asked = c.req.query('currency') ?? c.get('session')?.currency ?? 'USD';
    const currency = currencies.some(({ code }) => code === asked) ? asked : 'USD';
    const sections = groups.map(({ id, title }) => {
      const cards = products.filter(({ group }) => group === id).map((product) => productCard(c, product, currency));
      return cards.length > 0 ? markup`<h2>${title}</h2><div class="grid">${cards}</div>` : markup``;
    });
    const links = currencies.map(
      ({ code }) => markup`<a href="/?currency=${code}">${code === currency ? markup`<b>${code}</b>` : code}</a> `,
    );
    const note = pending
      ? markup`<p class="note">Your own prices are not at hand right now. Checkout confirms the price.</p>`
      : '';
    return page(c, 'Products', markup`<p>Prices in ${links}</p>${note}${sections}`);
  });

  app.get('/cart', (c) => {
    const { lines, quote, refused, currency } = readCart(host, c.get('session'), c.req.query('coupon'));
    if (lines.length === 0)
      return page(c, 'Cart', markup`<p class="muted">Your cart is empty. <a href="/">Choose a product</a></p>`);
    const rows = (quote?.lines ?? lines).map((line, index) => {
      const priced = quote?.lines[index];
      const chosen = Object.entries(line.options).map(([name, value]) => `${name} ${value}`).join(', '); // prettier-ignore
      return [
        line.product,
        line.domain ?? chosen,
        line.term,
        String(line.quantity),
        priced?.price ?? '–',
        priced?.setup ?? '–',
      ];
    });
    const total = quote
      ? markup`<p class="price">Due now: ${currency} ${quote.total} ${quote.stamp ? markup`<span class="badge active">your price</span>` : ''}</p>`
      : '';
    const coupon = field('Coupon', 'coupon', c.req.query('coupon'));
    const pay = select('Payment', 'paymentMethod', [['gateway', 'Card (test gateway)'], ['credit', 'Account credit']]); // prettier-ignore
    const fields = markup`<div class="row">${coupon}${pay}${field('Note', 'note')}</div><p></p>`;
    const order = c.get('session')?.account
      ? form(c, '/api/checkout', 'Place order', fields, '/portal/invoices/{invoiceId}')
      : markup`<p><a href="/login?next=/cart">Log in to order</a></p>`;
    return page(c, 'Cart', [
      refused ? markup`<p class="note bad" role="alert">${refused.message}</p>` : markup``,
      table(['Product', 'Options', 'Term', '>Quantity', `>Price ${currency}`, '>Setup'], rows),
      markup`${total}<div class="card">${order}</div>${form(c, '/api/cart/clear', 'Empty cart', '')}`,
    ]);
  });

  app.get('/login', (c) => {
    const fields = markup`${field('E-mail', 'email', '', 'email')}${field('Password', 'password', '', 'password')}`;
    return page(
      c,
      'Log in',
      markup`<div class="card login">${form(c, '/api/session', 'Log in', fields, c.req.query('next') ?? '/home')}</div>`,
    );
  });
  app.get('/home', (c) => c.redirect(user(c).role === 'staff' ? '/admin/clients' : '/'));
}
