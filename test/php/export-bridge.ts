import fc from 'fast-check';
import { checkInvoice } from '../../hooks/bridge/check-invoice.ts';
import { priceOrder } from '../../hooks/bridge/price-order.ts';
import { chunks, domain, indexOf, listOf, lockOf, nowMs, oneOff, storeOf, vps } from '../../hooks/bridge/testing.ts';
import { hashOfChunk, hashOfIndex, hashOfList, hashOfPage } from '../../hooks/contract/content-hash.ts';
import type {
  HostInvoice,
  InvoiceLine,
  OrderItem,
  PriceChunk,
  PriceIndex,
  PriceListPage,
  PriceLock,
} from '../../hooks/contract/index.ts';
import { guardLine } from '../../hooks/prices/guard.ts';
import { formatMinor, minorUnits } from '../../hooks/prices/money.ts';
import { divideHalfAway } from '../../hooks/prices/round.ts';
import { createKeys, rotateKey, type InstallationKeys } from '../../hooks/transport/keys.ts';
import { signMessage } from '../../hooks/transport/sign.ts';
import { callIdPrefix, signedPath } from '../../hooks/transport/signed-headers.ts';

/** Mostly the first value, so that most cases get past the first check. */
function mostly<Value>(usual: Value, ...others: Value[]): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) });
}

/** The same cases on every run: what fails once can be looked at. */
function sample<Value>(arbitrary: fc.Arbitrary<Value>, count: number): Value[] {
  return fc.sample(arbitrary, { seed: 42, numRuns: count });
}

const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.constantFrom('a/b', '"\\\b\f\n\r\t\u0000\u001f\u007f', '\u2028\u2029', 'é😀', '0', '007'),
);
const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const contentHash = hash.map((digits) => `sha256:${digits}`);
const amount = fc.bigInt(-(10n ** 12n), 10n ** 12n).map((minor) => formatMinor(minor, 2));
const term = fc.constantFrom('once', '1M', '1Y', '36M');
const currency = fc.constantFrom('USD', 'EUR', 'JPY');
const moment = fc.constantFrom('2027-01-01T00:00:00Z', '2027-06-30T22:00:00.5Z', '1999-12-31T23:59:59.999Z');

const option = fc.oneof(
  fc.record({ id: text, type: fc.constant('choice' as const), choice: text, required: fc.boolean() }),
  fc.record({ id: text, type: fc.constant('quantity' as const), min: fc.nat(9), max: fc.nat() }),
  fc.record({ id: text, type: fc.constant('flag' as const) }),
);
const chunk: fc.Arbitrary<Omit<PriceChunk, 'hash'>> = fc.record({
  product: text,
  components: fc.array(
    fc.record(
      { id: text, kind: fc.constantFrom('base', 'option', 'addon', 'domain'), option },
      { requiredKeys: ['id', 'kind'] },
    ),
  ),
  rows: fc.array(
    fc.record({
      component: text,
      term,
      currency,
      charge: fc.constantFrom('price' as const, 'setup' as const),
      retail: amount,
      wholesale: amount,
      source: text,
      bp: fc.option(fc.nat(10_000)),
      adjusted: fc.option(fc.constantFrom('floor' as const, 'retail_cap' as const)),
    }),
  ),
  omitted: fc.array(fc.record({ component: text, term, currency, reason: text })),
});
const page: fc.Arbitrary<Omit<PriceListPage, 'hash'>> = fc.record({
  entries: fc.array(fc.record({ product: text, chunk: contentHash })),
});
const index: fc.Arbitrary<Omit<PriceIndex, 'revision'>> = fc.record({
  format: fc.constant('price-index/1' as const),
  at: moment,
  programme: fc.constantFrom('on' as const, 'off' as const),
  coupons: fc.constantFrom('refuse' as const, 'allow' as const),
  currencies: fc.array(fc.record({ code: currency, digits: fc.nat(8) }), { maxLength: 3 }),
  catalogueTax: fc.constantFrom('net' as const, 'gross' as const),
  setupPerQuantity: fc.boolean(),
  refuseAfterSeconds: fc.integer({ min: 60, max: 10 ** 9 }),
  entries: fc.array(
    fc.record({
      clientId: text,
      resellerId: text,
      state: fc.constantFrom('active' as const, 'suspended' as const, 'inactive' as const, 'terminated' as const),
      publicReason: fc.option(text),
      lists: fc.array(fc.record({ hash: contentHash, validFrom: moment, validUntil: fc.option(moment) })),
    }),
  ),
});

function generatedHashes(): object[] {
  return [
    ...sample(chunk, 300).map((content) => ({ what: 'chunk', value: { hash: hashOfChunk(content), ...content } })),
    ...sample(page, 100).map((content) => ({ what: 'page', value: { hash: hashOfPage(content), ...content } })),
    ...sample(fc.array(contentHash), 50).map((pages) => ({
      what: 'list',
      value: { hash: hashOfList({ pages }), pages },
    })),
    ...sample(index, 200).map((content) => ({ what: 'index', value: { revision: hashOfIndex(content), ...content } })),
  ];
}

/** Amounts with the outcome in minor units: text, null for too many digits, or the mark of an error. */
function money(): object[] {
  const decimal = fc
    .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^\d{1,9}$/), fc.stringMatching(/^(\.\d{1,9})?$/))
    .map((parts) => parts.join(''));
  const edges = ['-0.00', '007.1', '9223372036854775807', '92233720368547758.07', '', '.5', '5.', '1e3', '+1', '1\n'];
  return [...edges, ...sample(decimal, 400)].flatMap((written) =>
    [0, 2, 3, 8].map((digits) => {
      try {
        const minor = minorUnits(written, digits);
        if (minor === null) return { written, digits, minor: null };
        // PHP's integers end at 2^63.
        const fits = minor > -(2n ** 63n) && minor < 2n ** 63n;
        return { written, digits, minor: fits ? minor.toString() : 'error', formatted: formatMinor(minor, digits) };
      } catch {
        return { written, digits, minor: 'error' };
      }
    }),
  );
}

function divisions(): object[] {
  const limit = 10n ** 15n;
  const cases = fc.tuple(
    fc.bigInt(-limit, limit),
    fc.integer({ min: 0, max: 10_000 }),
    fc.integer({ min: 1, max: 400 }),
  );
  return sample(cases, 500).map(([whole, numerator, denominator]) => ({
    amount: Number(whole),
    numerator,
    denominator,
    quotient: Number(divideHalfAway(whole, BigInt(denominator))),
    part: divideHalfAway(whole * BigInt(numerator), BigInt(denominator)).toString(),
  }));
}

function guards(): object[] {
  const minor = fc.integer({ min: 0, max: 3000 });
  const cases = fc.record({
    unit: minor,
    quantity: fc.integer({ min: 1, max: 5 }),
    prorated: fc.option(
      fc.record({ numerator: fc.integer({ min: 0, max: 31 }), denominator: fc.integer({ min: 1, max: 31 }) }),
    ),
    lock: fc.option(minor),
    list: fc.option(minor),
    near: fc.integer({ min: -2, max: 2 }),
  });
  return sample(cases, 500).map(({ unit: any, near, quantity, prorated, lock, list }) => {
    const full = lock ?? list;
    const part = prorated ?? { numerator: 1, denominator: 1 };
    // Half of them lie close to what is expected.
    const unit = full !== null && any % 2 === 0 ? Math.round((full * part.numerator) / part.denominator) + near : any;
    const big = (value: number | null) => (value === null ? null : BigInt(value));
    const verdict = guardLine({ unit: BigInt(unit), quantity, prorated }, { lock: big(lock), list: big(list) });
    return { unit, quantity, prorated, lock, list, verdict: JSON.parse(JSON.stringify(verdict, numbers)) };
  });
}

const numbers = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

/** Orders that a buyer could send, right and wrong, with the verdict of the bridge kit. */
function orders(): object[] {
  const value = fc.oneof(fc.constantFrom('8g', true, false, 0, 2, 17, -1, 1.5, '2'), fc.nat(16), fc.nat(16));
  const item: fc.Arbitrary<OrderItem> = fc.oneof(
    fc.constantFrom(
      vps,
      { ...vps, options: { 'a/b~c': 1 } },
      domain,
      oneOff,
      { ...domain, action: 'renew' },
      { ...domain, action: 'transfer' },
    ),
    fc.record(
      {
        product: mostly('vps-s', 'com', 'fix', 'gone'),
        term: mostly('1M', '1Y', 'once'),
        quantity: mostly(1, 2, 3, 10_000, 0, 10_001, 2.5),
        options: fc.record({ ram: mostly<string | boolean>('8g', '16g', true), ip: value }, { requiredKeys: [] }),
        action: fc.constantFrom('register' as const, 'renew' as const, 'transfer' as const),
      },
      { requiredKeys: ['product', 'term', 'quantity', 'options'] },
    ),
  );
  const order = fc.record({
    clientId: mostly('42', '7'),
    currency: mostly('USD', 'EUR'),
    coupon: mostly<string | null>(null, '', 'SUMMER'),
    lines: fc.array(item, { minLength: 1, maxLength: 2 }),
  });
  const setting = fc.record({
    state: mostly<PriceIndex['entries'][number]['state']>('active', 'suspended', 'inactive', 'terminated'),
    publicReason: fc.constantFrom(null, ' Payment is overdue ', 'Why?'),
    programme: mostly<PriceIndex['programme']>('on', 'off'),
    coupons: fc.constantFrom('refuse' as const, 'allow' as const),
    setupPerQuantity: fc.boolean(),
    laterMs: mostly(0, 7 * 86_400_000, 7 * 86_400_000 + 1),
  });
  return sample(fc.tuple(order, setting), 600).map(([asked, { state, publicReason, laterMs, ...changes }]) => {
    const set = indexOf({ state, publicReason }, changes);
    return {
      index: set,
      order: asked,
      nowMs: nowMs + laterMs,
      verdict: priceOrder(storeOf(set), asked, nowMs + laterMs),
    };
  });
}

/** Invoices of a reseller with the guard's verdict. */
function invoices(): object[] {
  const unitPrice = fc.constantFrom(
    '12.40',
    '12.40',
    '24.80',
    '15.50',
    '0.00',
    '6.00',
    '11.99',
    '5.00',
    '12.405',
    '-3.10',
  );
  const line: fc.Arbitrary<InvoiceLine> = fc
    .record({
      kind: fc.constantFrom('product', 'product', 'product', 'setup', 'domain', 'discount', 'fee'),
      serviceId: fc.constantFrom('900', '900', '901', '902', null),
      occasion: fc.constantFrom('new', 'renewal', 'other'),
      quantity: fc.constantFrom(1, 1, 2, 3),
      unitPrice,
      edited: fc.constantFrom(false, false, false, true),
      prorated: fc.constantFrom(null, null, null, { numerator: 7, denominator: 31 }),
    })
    .map(({ edited, ...content }) => {
      const minor = minorUnits(content.unitPrice, 3) ?? 0n;
      const whole = formatMinor(minor * BigInt(content.quantity) + (edited ? 10n : 0n), 3).replace(/0$/, '');
      const kind = content.kind as InvoiceLine['kind'];
      return {
        ...content,
        kind,
        occasion: content.occasion as InvoiceLine['occasion'],
        ...rest,
        amount: whole,
        net: whole,
      };
    });
  const rest = { id: 'l', title: 'Line', orderId: null, product: null };
  const locks: fc.Arbitrary<PriceLock[]> = fc.constantFrom(
    [],
    [lockOf()],
    [lockOf({ quantity: 2 })],
    [lockOf({ status: 'ended' })],
    [lockOf({ clientId: '7' })],
    [lockOf({ currency: 'EUR' })],
    [lockOf({ listHash: null, unitPrice: '15.50' })],
    [lockOf({ serviceId: '902', product: 'com', term: '1Y', unitPrice: '11.99', components: [] })],
  );
  const setting = fc.record({
    state: fc.constantFrom('active' as const, 'active' as const, 'suspended' as const, 'terminated' as const),
    coupons: fc.constantFrom('refuse' as const, 'allow' as const),
    setupPerQuantity: fc.boolean(),
  });
  const items: Record<string, OrderItem> = { 901: vps, 902: domain };
  const money = { currency: 'USD', digits: 2, tax: 'net' } as const;
  const rules = { issuedAt: null, dueOn: null, paidAt: null, orderId: null, status: 'draft', total: '0.00' } as const;
  return sample(fc.tuple(fc.array(line, { minLength: 1, maxLength: 3 }), locks, setting), 800).map(
    ([lines, held, { state, ...changes }]) => {
      const set = indexOf({ state }, changes);
      const store = storeOf(set);
      for (const lock of held) store.writeLock(lock);
      const numbered = lines.map((each, position) => ({ ...each, id: `l${position}` }));
      const invoice: HostInvoice = { id: 'i', number: 'I', clientId: '42', money, ...rules, lines: numbered };
      const verdict = checkInvoice(store, invoice, nowMs, (service) => items[service] ?? null);
      return { index: set, locks: held, lines: numbered, items, verdict };
    },
  );
}

function signed(keys: InstallationKeys, name: string, body: string, atMs = nowMs): Record<string, string> {
  const message = { id: `${callIdPrefix(name)}0190`, event: name, payload: body, nowMs: atMs };
  return signMessage(keys, 'pluginToHost', message);
}

/** Signed calls of the plugin, and what a host must answer: "ok" or the code of the failure. */
function calls(keys: InstallationKeys): object[] {
  const body = '{"clientId":"42","word":"é😀"}';
  const name = 'credit.read';
  const good = signed(keys, name, body);
  const rotated = rotateKey(keys, 'pluginToHost');
  const stranger = { ...createKeys(), installation: keys.installation };
  const now = Math.floor(nowMs / 1000);
  return [
    { why: 'signed', headers: good, wanted: 'ok' },
    { why: 'signed by a rotated ring', headers: signed(rotated, name, body), wanted: 'ok' },
    { why: 'a later minor', headers: { ...good, 'x-reseller-contract': '1.9' }, wanted: 'ok' },
    { why: 'five minutes old', headers: signed(keys, name, body, nowMs - 300_000), wanted: 'ok' },
    { why: 'five minutes ahead', headers: signed(keys, name, body, nowMs + 300_000), wanted: 'ok' },
    { why: 'too old', headers: signed(keys, name, body, nowMs - 301_000), wanted: 'too_old' },
    { why: 'too new', headers: signed(keys, name, body, nowMs + 301_000), wanted: 'too_new' },
    { why: 'a stranger', headers: signed(stranger, name, body), wanted: 'unauthorised' },
    { why: 'another installation', headers: signed(createKeys(), name, body), wanted: 'unknown_installation' },
    { why: 'twice rotated', headers: signed(rotateKey(rotated, 'pluginToHost'), name, body), wanted: 'unauthorised' },
    { why: 'another call', headers: signed(keys, 'orders.cancel', body), wanted: 'unauthorised' },
    { why: 'another id', headers: { ...good, 'webhook-id': 'credit-read_2' }, wanted: 'unauthorised' },
    { why: 'a cut id', headers: { ...good, 'webhook-id': 'credit-read_.1' }, wanted: 'unauthorised' },
    { why: 'another second', headers: { ...good, 'webhook-timestamp': String(now + 1) }, wanted: 'unauthorised' },
    { why: 'no number', headers: { ...good, 'webhook-timestamp': '1e9' }, wanted: 'unauthorised' },
    { why: 'no signature', headers: { ...good, 'webhook-signature': '' }, wanted: 'unauthorised' },
    { why: 'unknown major', headers: { ...good, 'x-reseller-contract': '2.0' }, wanted: 'unknown_contract' },
    { why: 'mirrored', headers: mirrored(keys, name, body), wanted: 'unauthorised' },
  ].map((call) => ({ ...call, name, body }));
}

function mirrored(keys: InstallationKeys, name: string, payload: string): Record<string, string> {
  return signMessage(keys, 'hostToPlugin', { id: `${callIdPrefix(name)}1`, event: name, payload, nowMs });
}

const urls = [
  'http://plugin.test/hooks/v1/price-lists/index',
  'https://shop.test:8443/reseller/hooks/v1/price-lists/chunks?hash=sha256:ab&hash=sha256:cd#top',
  'http://plugin.test/hooks/v1/a/hooks/v1/b?next=/bridge/v1/c',
  'http://plugin.test/other?',
  'http://plugin.test',
];

/** Everything that the PHP library must come to the same result with. */
export function exportBridge(): { keys: InstallationKeys } {
  const keys = createKeys();
  const { list, page: listPage } = listOf(chunks);
  const testing = { nowMs, chunks, list, page: listPage, index: indexOf(), lock: lockOf(), vps, domain, oneOff };
  const generated = { hashes: generatedHashes(), money: money(), divisions: divisions(), guards: guards() };
  const flows = { orders: orders(), invoices: invoices(), calls: calls(keys) };
  const paths = urls.map((url) => ({ url, path: signedPath(new URL(url)) }));
  return { keys, ...testing, ...generated, ...flows, paths } as { keys: InstallationKeys };
}
