import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintSessionToken } from '../../hooks/transport/session-token.ts';
import { PLUGIN_ID } from '../../server/identity.ts';
import type { ServiceContext } from '../../server/context.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { listActivity } from '../../server/modules/activity/list.ts';
import { closeStatements } from '../../server/modules/statement/close.ts';
import { currentStatement } from '../../server/modules/statement/current.ts';
import { getStatement } from '../../server/modules/statement/get.ts';
import { listStatements } from '../../server/modules/statement/list.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { hostInvoice, pay, refund, tell } from '../support/invoices.ts';

let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
});
afterAll(() => it.stop());

const at = (ctx: ServiceContext, moment: string): ServiceContext => ({ ...ctx, now: new Date(moment) });
const sql = (text: string) => it.service.orm.em.fork().execute(text);
const invoice = (id: string, net: string, day: string, currency = 'USD', clientId = '1') =>
  hostInvoice({ id, clientId, net, currency, issuedAt: `${day}T08:00:00Z` });
const statements = async (reseller = one) => (await listStatements(it.as(reseller), {})).rows;

test('a month closes with opening + lines = closing, per currency, and the balance goes into the next', async () => {
  const [january, february] = [invoice('a', '100.00', '2027-01-10'), invoice('b', '40.00', '2027-02-03')];
  await tell(it, january);
  await tell(it, february);
  await tell(it, invoice('e', '9.99', '2027-01-20', 'EUR'));
  await pay(it, january, '2027-02-05T10:00:00Z');
  await refund(it, one.id, january, '25.00', '2027-02-06T10:00:00Z');
  const now = await currentStatement(at(it.as(one), '2027-02-20T00:00:00Z'), {});
  expect(now.rows.map(({ currency, opening, balance }) => [currency, opening, balance])).toEqual([
    ['EUR', '0.00', '9.99'],
    ['USD', '0.00', '40.00'],
  ]);
  await Promise.all([
    closeStatements(at(it.system(), '2027-03-01T04:41:00Z')),
    closeStatements(at(it.system(), '2027-03-01T04:41:00Z')),
  ]);
  expect(await closeStatements(at(it.system(), '2027-03-02T04:41:00Z'))).toBe(0);
  const shown = (await statements())
    .map(({ month, currency, opening, orders, payments, credits, closing }) =>
      [month, currency, opening, orders, payments, credits, closing].join(' '),
    )
    .toSorted();
  expect(shown).toEqual([
    '2027-01-01 EUR 0.00 9.99 0.00 0.00 9.99',
    '2027-01-01 USD 0.00 100.00 0.00 0.00 100.00',
    '2027-02-01 EUR 9.99 0.00 0.00 0.00 9.99',
    '2027-02-01 USD 100.00 40.00 -100.00 0.00 40.00',
  ]);
  const { rows: closed } = await listActivity(it.as(one), { action: 'statement.closed' });
  expect(closed.map(({ subject }) => subject.id).toSorted()).toEqual(
    (await statements()).map(({ id }) => id).toSorted(),
  );
  const usd = (await statements()).find(({ month, currency }) => month === '2027-02-01' && currency === 'USD')!;
  const first = await getStatement(it.as(one), { id: usd.id, limit: 2 });
  const rest = await getStatement(it.as(one), { id: usd.id, cursor: first.page.cursor! });
  expect(first).toMatchObject({ linesTotal: '-60.00', balanced: true });
  expect([...first.page.rows, ...rest.page.rows].map(({ day, kind, amount }) => [day, kind, amount])).toEqual([
    ['2027-02-03', 'invoice', '40.00'],
    ['2027-02-05', 'payment', '-100.00'],
    ['2027-02-06', 'credit', '-25.00'],
    ['2027-02-06', 'payout', '25.00'],
  ]);
});

test('a closed month never changes: what is reported later goes into the next statement', async () => {
  const before = await statements();
  await tell(it, invoice('late', '7.00', '2027-01-31'));
  await tell(it, { ...invoice('b', '38.00', '2027-02-03'), total: '38.00' });
  expect(await statements()).toEqual(before);
  await closeStatements(at(it.system(), '2027-04-01T04:41:00Z'));
  const after = await statements();
  expect(after.filter(({ month }) => month < '2027-03-01')).toEqual(before);
  const march = after.find(({ month, currency }) => month === '2027-03-01' && currency === 'USD')!;
  expect(march.opening).toBe('40.00');
  const { page } = await getStatement(it.as(one), { id: march.id });
  expect(page.rows).toContainEqual(expect.objectContaining({ day: '2027-01-31', kind: 'invoice', amount: '7.00' }));
  // The correction is dated when it was told, by the clock of the database.
  const { rows } = await currentStatement(it.as(one), {});
  expect(rows.find(({ currency }) => currency === 'USD')?.balance).toBe('45.00');
  for (const change of [
    'update statement set closing = 0',
    'delete from statement',
    'update account_entry set amount = 0 where statement_id is not null',
    'delete from account_entry where statement_id is not null',
  ]) {
    await expect(sql(change)).rejects.toThrow('never changed');
  }
});

test('a cancelled invoice and a corrected one leave what is owed; the account is the unpaid invoices', async () => {
  const cancelled = invoice('c', '12.00', '2027-04-02', 'USD', '2');
  await tell(it, cancelled);
  await tell(it, { ...cancelled, status: 'cancelled' });
  const corrected = invoice('d', '20.00', '2027-04-03', 'USD', '2');
  await tell(it, corrected);
  await tell(it, { ...corrected, total: '18.00' });
  await tell(it, { ...corrected, total: '18.00' });
  const { rows } = await currentStatement(it.as(other), {});
  expect(rows).toMatchObject([{ currency: 'USD', orders: '18.00', balance: '18.00', lineCount: 4 }]);
  expect(
    await sql(
      `select sum(total::numeric)::text as owed from invoice where reseller_id = '${other.id}' and status = 'unpaid'`,
    ),
  ).toEqual([{ owed: '18.00' }]);
});

test('a statement of another is answered like one that does not exist', async () => {
  const [mine] = await statements();
  const foreign = await getStatement(it.as(other), { id: mine!.id }).catch((error: unknown) => error);
  const unknown = await getStatement(it.as(other), { id: 'sta_unknown' }).catch((error: unknown) => error);
  expect(foreign).toMatchObject({ code: 'not_found' });
  expect(foreign).toEqual(unknown);
  expect(await statements(other)).toEqual([]);
  expect((await listStatements(it.admin(), { resellerId: one.id, currency: 'USD', limit: 1 })).total).toBe(3);
});

test('it is taken away as CSV, as a page to print, and as a PDF with every letter', async () => {
  await sql(`update reseller set company = '=Łódź & <Söhne> Київ' where id = '${one.id}'`);
  const usd = (await statements()).find(({ month, currency }) => month === '2027-02-01' && currency === 'USD')!;
  const token = (account: string) =>
    mintSessionToken(
      it.keys.session[0]!,
      {
        iss: it.hostUrl,
        aud: PLUGIN_ID,
        iid: it.keys.installation,
        sub: `client:${account}`,
        portal: 'client',
        scopes: ['billing:read'],
        account,
        sid: 'session-of-test',
      },
      Date.now(),
    );
  const get = async (path: string, account = '1') =>
    fetch(`${it.serviceUrl}/exports/v1/statements/${path}`, {
      headers: { authorization: `Bearer ${await token(account)}` },
    });
  const csv = await (await get(`${usd.id}/csv`)).text();
  expect(csv.split('\r\n')).toContain('"2027-02-05","payment","INV-a","a","-100.00","USD"');
  expect(csv).toContain('"2027-02-01","opening","","","100.00","USD"');
  const html = await (await get(`${usd.id}/html?lang=de`)).text();
  expect(html).toContain('=Łódź &amp; &lt;Söhne&gt; Київ');
  expect(html).toContain('Endsaldo');
  const pdf = Buffer.from(await (await get(`${usd.id}/pdf`)).arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.subarray(-8).toString()).toContain('%%EOF');
  expect(pdf.includes('DejaVuSans')).toBe(true);
  expect(pdf.length).toBeLessThan(60_000);
  expect((await get(`${usd.id}/pdf`, '2')).status).toBe(404);
  expect((await get('sta_unknown/csv')).status).toBe(404);
});
