import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeStatements } from '../../server/modules/statement/close.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

const HISTORIES = 1000;
const MONTHS = ['2027-02', '2027-03', '2027-04'];
/** Some thousand statements are closed one by one. */
const LONG = { timeout: 180_000 };
/** Digits of the currencies that histories are in. */
const DIGITS = { USD: 2, JPY: 0, KWD: 3 } as const;

/** What stands in an account: what is owed rises with invoices, and falls with what is paid, credited or cancelled. */
const entry = fc.record({
  kind: fc.constantFrom('invoice', 'correction', 'payment', 'cancelled', 'credit', 'payout'),
  minor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  month: fc.constantFrom(...MONTHS),
  day: fc.integer({ min: 1, max: 28 }),
});
const history = fc.record({
  currency: fc.constantFrom(...(Object.keys(DIGITS) as (keyof typeof DIGITS)[])),
  entries: fc.array(entry, { maxLength: 12 }),
});

let it: Installation;
beforeAll(async () => {
  it = await startInstallation();
});
afterAll(() => it.stop());

const minorOf = (amount: string, digits: number): bigint => {
  const [whole = '', rest = ''] = amount.split('.');
  return BigInt(`${whole}${rest.padEnd(digits, '0')}`);
};
const decimal = (minor: bigint, digits: number): string => {
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

test(
  'whatever happened in an account: opening and lines make the closing, which is the next opening',
  LONG,
  async () => {
    const histories = fc.sample(history, { numRuns: HISTORIES, seed: 20_270_401 });
    const rows = histories.flatMap(({ currency, entries }, account) =>
      entries.map(({ kind, minor, month, day }, at) => ({
        reseller: `rs_history_${account}`,
        currency,
        kind,
        invoice: `${account}-${at}`,
        amount: decimal(minor, DIGITS[currency]),
        day: `${month}-${String(day).padStart(2, '0')}`,
      })),
    );
    const { em } = it.system();
    const { id } = await it.makeReseller();
    await em.execute(
      `insert into reseller select (jsonb_populate_record(null::reseller, to_jsonb(r) || jsonb_build_object(
       'id', 'rs_history_' || n, 'host_client_id', 'history-' || n))).*
       from reseller r cross join generate_series(0, ?) n where r.id = ?`,
      [HISTORIES - 1, id],
    );
    await em.execute(
      `insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day)
     select x.reseller, x.currency, x.kind, x.invoice, '', x.invoice, x.amount::numeric, x.day::timestamptz, x.day::date
       from jsonb_to_recordset(?::jsonb) as x(reseller text, currency text, kind text, invoice text, amount text, day text)`,
      [JSON.stringify(rows)],
    );
    await closeStatements({ ...it.system(), now: new Date('2027-05-01T04:41:00Z') });

    const closed = await em.execute<{ reseller: string; month: string; opening: string; closing: string }[]>(
      `select reseller_id as reseller, to_char(month, 'YYYY-MM') as month, opening::text, closing::text
       from statement where reseller_id like 'rs_history_%' order by reseller_id, month`,
    );
    const [open] = await em.execute<{ n: number }[]>(
      `select count(*)::int as n from account_entry where statement_id is null and reseller_id like 'rs_history_%'`,
    );
    expect(open!.n).toBe(0);
    expect(closed.length).toBeGreaterThan(HISTORIES);
    for (const [account, { currency, entries }] of histories.entries()) {
      const digits = DIGITS[currency];
      let balance = 0n;
      const expected: [string, bigint, bigint][] = [];
      for (const month of MONTHS) {
        const lines = entries.filter((one) => one.month === month);
        const opening = balance;
        for (const { minor } of lines) balance += minor;
        // A month in which nothing happened and nothing was owed has no statement.
        if (lines.length > 0 || opening !== 0n) expected.push([month, opening, balance]);
      }
      const got = closed
        .filter(({ reseller }) => reseller === `rs_history_${account}`)
        .map(({ month, opening, closing }) => [month, minorOf(opening, digits), minorOf(closing, digits)]);
      expect(got).toEqual(expected);
    }
  },
);
