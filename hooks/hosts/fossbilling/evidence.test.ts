import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { formatMinor, parseDecimal } from '../../prices/money.ts';
import { divideHalfAway, roundDecimal } from '../../prices/round.ts';

/** What a provider's run on a real FOSSBilling left: each call with its answer, and the amounts that came of them. */
const folder = new URL('evidence/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

const call = z.object({
  who: z.string(),
  path: z.string(),
  status: z.int(),
  response: z.unknown(),
  request: z.unknown(),
});
const evidence = z.object({
  about: z.string().min(20),
  calls: z.array(call).min(1),
  amounts: z.record(z.string(), z.unknown()),
});
type Evidence = z.infer<typeof evidence>;

const line = z.object({ price: z.number(), quantity: z.number(), total: z.number() });
const invoice = z.object({
  id: z.int(),
  total: z.number(),
  subtotal: z.number(),
  currency: z.literal('USD'),
  lines: z.array(line),
});
const answeredInvoice = z.object({ result: invoice });
const sold = z.object({
  retail: z.record(z.string(), z.string()),
  rateBp: z.int(),
  quantity: z.record(z.string(), z.int()),
  wholesale: z.record(z.string(), z.string()),
  invoiceTotal: z.number(),
});
const revenue = z.array(z.object({ currency: z.literal('USD'), amount: z.string() }));

const read = (name: string): Evidence => evidence.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
const cents = (amount: number | string): bigint => roundDecimal(parseDecimal(String(amount)), 2);
const earned = (rows: unknown): bigint => revenue.parse(rows).reduce((sum, { amount }) => sum + cents(amount), 0n);
const invoicesOf = ({ calls }: Evidence) =>
  calls
    .filter(({ path }) => path === '/api/admin/invoice/get')
    .map(({ response }) => answeredInvoice.parse(response).result);

test('the whole run is there', () => {
  const expected = [
    '01-install',
    '02-doctor',
    '03-portal-order',
    '04-shop-order',
    '05-plain-client',
    '06-paid-and-active',
    '07-renewed-by-cron',
    '08-refunded',
    '09-promo-code-refused',
    '10-staff-edit-repaired',
    '11-service-stopped',
    '12-deactivated-and-activated',
  ];
  expect(files.toSorted()).toEqual(expected.map((name) => `${name}.json`));
});

test.each(files)('%s holds no secret and no path of a machine', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  expect(text).not.toMatch(/eyJ[\w-]+\.|Basic [A-Za-z0-9+/]{8}|\/(home|root|tmp|opt|srv|work|var)\//);
  const longWords = text.match(/[A-Za-z0-9]{24,}/g) ?? [];
  // What is left of that length are ids of the service and content hashes of price lists.
  const known = /"(rs|ord|cus|dif|rec|run|lst)_[a-z0-9]+|sha256:[a-f0-9]+/g;
  const ids = (text.match(known) ?? []).join(' ');
  expect(longWords.filter((word) => !ids.includes(word))).toEqual([]);
});

test.each(files)('every invoice in %s is the sum of its lines', (name) => {
  for (const { total, subtotal, lines } of invoicesOf(read(name))) {
    const sum = lines.reduce((all, { price, quantity }) => all + cents(price) * BigInt(quantity), 0n);
    expect([cents(subtotal), cents(total)]).toEqual([sum, sum]);
    for (const { price, quantity, total: amount } of lines) expect(cents(amount)).toBe(cents(price) * BigInt(quantity));
  }
});

const sales = files.filter((name) => sold.safeParse(read(name).amounts).success);
test.each(sales)('%s: retail less the rate, rounded once per unit, setup fees as they are', (name) => {
  const it = read(name);
  const { retail, rateBp, quantity, wholesale, invoiceTotal } = sold.parse(it.amounts);
  let sum = 0n;
  for (const [what, price] of Object.entries(retail)) {
    // Rule 1 of the vectors; setup fees are in no discount until that is switched on.
    const bp = what === 'setup' ? 0 : rateBp;
    const unit = divideHalfAway(cents(price) * BigInt(10_000 - bp), 10_000n);
    expect([what, wholesale[what]]).toEqual([what, formatMinor(unit, 2)]);
    sum += unit * BigInt(quantity[what] ?? 1);
  }
  expect(cents(invoiceTotal)).toBe(sum);
  expect(invoicesOf(it).map(({ total }) => cents(total))).toContain(sum);
});

test('sold at wholesale, and one of them at retail to a client who is no reseller', () => {
  expect(sales.length).toBe(5);
  expect(sales.filter((name) => sold.parse(read(name).amounts).rateBp === 0)).toEqual(['05-plain-client.json']);
});

test.each(['03-portal-order.json', '04-shop-order.json'])('the mail of %s names the amount of the invoice', (name) => {
  const { calls, amounts } = read(name);
  const mails = z.object({ result: z.object({ list: z.array(z.object({ text: z.string() })) }) });
  const found = calls
    .filter(({ path }) => path.endsWith('email/get_queue'))
    .map(({ response }) => mails.parse(response));
  const total = formatMinor(cents(sold.parse(amounts).invoiceTotal), 2);
  expect(found.flatMap(({ result }) => result.list).some(({ text }) => text.includes(`Amount Due: $${total}`))).toBe(
    true,
  );
});

test('the doctor failed nothing, and the installation took less than ten minutes', () => {
  const { checks, ok } = z
    .object({ ok: z.boolean(), checks: z.record(z.string(), z.string()) })
    .parse(read('02-doctor.json').amounts);
  expect([ok, Object.values(checks).filter((status) => status === 'fail' || status === 'skip')]).toEqual([true, []]);
  const { steps } = z
    .object({ steps: z.array(z.object({ at: z.string() })).min(5) })
    .parse(read('01-install.json').amounts);
  expect(Date.parse(steps.at(-1)!.at) - Date.parse(steps[0]!.at)).toBeLessThan(600_000);
});

test('what is paid moves the revenue by as much, and a refund takes it off', () => {
  const paid = z.object({
    paid: z.array(z.number()),
    services: z.array(z.string()),
    revenueBefore: z.unknown(),
    revenueAfter: z.unknown(),
  });
  const one = paid.parse(read('06-paid-and-active.json').amounts);
  expect(new Set(one.services)).toEqual(new Set(['active']));
  expect(earned(one.revenueAfter) - earned(one.revenueBefore)).toBe(
    one.paid.reduce((sum, total) => sum + cents(total), 0n),
  );
  const refund = z.object({
    invoiceTotal: z.number(),
    creditNote: z.number(),
    revenueBefore: z.unknown(),
    revenueAfter: z.unknown(),
  });
  const two = refund.parse(read('08-refunded.json').amounts);
  expect(cents(two.creditNote)).toBe(-cents(two.invoiceTotal));
  expect(earned(two.revenueBefore) - earned(two.revenueAfter)).toBe(cents(two.invoiceTotal));
});

test('cron renews at the locks, whatever retail has become', () => {
  const renewal = z.object({ orderId: z.string(), task: z.literal('renew'), quantity: z.int(), price: z.number() });
  const { locks, quantities, renewalLines, renewalTotals, retailNow } = z
    .object({
      locks: z.record(z.string(), z.string()),
      quantities: z.record(z.string(), z.int()),
      renewalLines: z.array(renewal),
      renewalTotals: z.array(z.number()),
      retailNow: z.string(),
    })
    .parse(read('07-renewed-by-cron.json').amounts);
  expect(renewalLines.map(({ orderId }) => orderId).toSorted()).toEqual(Object.keys(locks).toSorted());
  for (const { orderId, price, quantity } of renewalLines) {
    expect([cents(price), quantity]).toEqual([cents(locks[orderId]!), quantities[orderId]]);
    expect(cents(price)).toBeLessThan(cents(retailNow));
  }
  const sum = renewalLines.reduce((all, { price, quantity }) => all + cents(price) * BigInt(quantity), 0n);
  expect(renewalTotals.reduce((all, total) => all + cents(total), 0n)).toBe(sum);
});

test('a promo code is refused to a reseller and taken from others', () => {
  const { reseller, ordersBefore, ordersAfter, plainClientInvoice, retail, promoPercent } = z
    .object({
      reseller: z.object({ sold: z.literal(false), message: z.string() }),
      ordersBefore: z.int(),
      ordersAfter: z.int(),
      plainClientInvoice: z.number(),
      retail: z.object({ plan: z.string(), setup: z.string() }),
      promoPercent: z.int(),
    })
    .parse(read('09-promo-code-refused.json').amounts);
  expect(reseller.message).toMatch(/remove the coupon/);
  expect(ordersAfter).toBe(ordersBefore);
  const reduced = divideHalfAway(cents(retail.plan) * BigInt(100 - promoPercent), 100n);
  expect(cents(plainClientInvoice)).toBe(reduced + cents(retail.setup));
});

const difference = z.object({ kind: z.string(), expected: z.string(), actual: z.string(), amount: z.string() });
const repaired = z.object({ found: z.array(difference).min(1), differencesAfter: z.literal(0) });

test('what staff did past the plugin is found in money, repaired, and gone', () => {
  const { found } = repaired.parse(read('10-staff-edit-repaired.json').amounts);
  expect(found.map(({ kind }) => kind).toSorted()).toEqual(['invoice_line_changed', 'recurring_changed']);
  // Two units of one service; the invoice that was paid is given back as credit, so it is one line of one unit.
  const units = { recurring_changed: 2n, invoice_line_changed: 1n } as Record<string, bigint>;
  for (const { kind, expected, actual, amount } of found) {
    expect(cents(amount)).toBe((cents(actual) - cents(expected)) * units[kind]!);
  }
  const after = z.object({ priceAfterRepair: z.number(), creditAfterRepair: z.number() });
  const { priceAfterRepair, creditAfterRepair } = after.parse(read('10-staff-edit-repaired.json').amounts);
  const amountOf = (kind: string) => found.find((one) => one.kind === kind)!;
  expect(cents(priceAfterRepair)).toBe(cents(amountOf('recurring_changed').expected));
  expect(cents(creditAfterRepair)).toBe(cents(amountOf('invoice_line_changed').amount));
});

test('an order made while the service was away is there once, and one made in a pause is set right', () => {
  const stopped = read('11-service-stopped.json').amounts;
  expect(Number(stopped['ordersAfter'])).toBe(Number(stopped['ordersBefore']) + 1);
  expect([stopped['sameOrder'], stopped['differences']]).toEqual([1, 0]);
  const paused = read('12-deactivated-and-activated.json').amounts;
  const [found] = repaired.parse(paused).found;
  expect(found?.kind).toBe('order_at_retail');
  expect(cents(found!.amount)).toBe(cents(Number(paused['invoiceInThePause'])) - cents(Number(paused['invoiceTotal'])));
  expect([paused['doctorInThePause'], paused['doctorAfter']]).toEqual([false, true]);
});
