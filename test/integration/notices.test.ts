import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFaults } from '../../hooks/hosts/sandbox/faults.ts';
import type { ServiceContext } from '../../server/context.ts';
import { readEnvironment } from '../../server/env.ts';
import { record } from '../../server/modules/activity/record.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { collectNotices } from '../../server/modules/notice/collect.ts';
import { deliverNotices } from '../../server/modules/notice/deliver.ts';
import { listNotices } from '../../server/modules/notice/list.ts';
import { markNoticeRead } from '../../server/modules/notice/mark-read.ts';
import { previewNotice } from '../../server/modules/notice/preview.ts';
import { retryNotice } from '../../server/modules/notice/retry.ts';
import { assignCustomer } from '../../server/modules/order/assign-customer.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { listProblems } from '../../server/modules/problem/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { sendTestNotice } from '../../server/modules/notice/send-test.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { createMail, type Mail } from '../../server/platform/mail.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { lacking } from '../support/lacking.ts';
import { vpsLine, VPS_DUE } from '../support/orders.ts';

let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
let mail: Mail;
/** What the mail server took, and how it answers next. */
const taken: { to: string[]; text: string }[] = [];
let answer: { code: number; text: string } | null = null;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_to, _session, done) => {
    done(answer === null ? null : Object.assign(new Error(answer.text), { responseCode: answer.code }));
  },
  onData: (stream, session, done) => {
    let text = '';
    stream.on('data', (part: Buffer) => (text += part.toString()));
    stream.on('end', () => {
      taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
      done();
    });
  },
});
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.server.address() as AddressInfo;
  mail = createMail({ url: `smtp://127.0.0.1:${port}`, from: 'Host <billing@host.example>' });
});
afterAll(async () => {
  mail.close();
  await new Promise<void>((done) => {
    server.close(done);
  });
  await it.stop();
});

const withMail = (minutes = 0): ServiceContext => ({
  ...it.system(),
  mail,
  now: new Date(Date.now() + minutes * 60_000),
});
const inbox = async (reseller = one) => (await listNotices(it.as(reseller), {})).rows;
const sql = (text: string) => it.service.orm.em.fork().execute(text);

/** At a host that sends no mails for us. */
const noMail = (ctx = it.system()): ServiceContext => lacking('notices', ctx);

test('without mail a notice is kept in the portal: who paid which order, told once, to its reseller alone', async () => {
  const shop = await it.login('reseller');
  const customer = await createCustomer(it.as(one), { name: 'Ines', email: 'ines@example.org' });
  const bought = await shop.buy([vpsLine]);
  await it.settle();
  const [order] = (await listOrders(it.as(one), {})).rows;
  await assignCustomer(it.as(one), { id: order!.id, customerId: customer.id });
  await shop.pay(bought.invoiceId);
  await it.settle();
  await Promise.all([collectNotices(noMail()), collectNotices(noMail())]);
  await collectNotices(noMail());
  const rows = await inbox();
  expect(rows).toMatchObject([
    {
      kind: 'order_paid',
      state: 'inbox',
      recipient: one.email,
      language: 'en',
      subject: `Order ${order!.number} is paid`,
    },
  ]);
  expect(rows[0]!.body).toContain(`over ${VPS_DUE} USD is paid. Customer: Ines.`);
  expect(rows[0]!.body).toContain('Sandbox Hosting');
  expect(await inbox(other)).toEqual([]);
  expect(await deliverNotices(noMail())).toBe(0);
});

test('read is the reseller’s own to say, once; a foreign notice is answered like an unknown one', async () => {
  const [notice] = await inbox();
  expect((await listNotices(it.as(one), {})).unread).toBe(1);
  // How its delivery went is for the provider.
  expect(notice).toMatchObject({ hostClientId: null, attempts: null, error: null });
  const [sent] = (await listNotices(it.admin(), { kind: notice!.kind })).rows;
  expect(sent).toMatchObject({ id: notice!.id, hostClientId: one.hostClientId, attempts: 0 });
  const foreign = await markNoticeRead(it.as(other), { id: notice!.id }).catch((error: unknown) => error);
  const unknown = await markNoticeRead(it.as(other), { id: 'not_unknown' }).catch((error: unknown) => error);
  expect(foreign).toMatchObject({ code: 'not_found' });
  expect(foreign).toEqual(unknown);
  const first = await markNoticeRead(it.as(one), { id: notice!.id });
  expect(await markNoticeRead(it.as(one), { id: notice!.id })).toEqual(first);
  expect(first.state).toBe('read');
  expect((await listNotices(it.as(one), { state: 'unread' })).rows).toEqual([]);
});

test('with SMTP it is sent as plain text; what the server puts off is tried again, what it refuses is a problem', async () => {
  one = await setTerms(it.admin(), { id: one.id, version: one.version, tierId: 'platinum', ownDiscountBp: null });
  await collectNotices(withMail());
  const tier = async () => (await listNotices(it.admin(), { kind: 'tier_changed' })).rows[0]!;
  expect(await tier()).toMatchObject({ state: 'queued', subject: 'Your tier is Platinum now' });
  answer = { code: 451, text: 'later' };
  expect(await deliverNotices(withMail())).toBe(0);
  expect(await tier()).toMatchObject({ state: 'queued', attempts: 1, error: expect.stringContaining('later') });
  answer = null;
  expect(await deliverNotices(withMail())).toBe(0);
  expect(await deliverNotices(withMail(5))).toBe(1);
  expect(await tier()).toMatchObject({ state: 'sent', error: null });
  expect(taken).toHaveLength(1);
  expect(taken[0]!.to).toEqual([one.email]);
  expect(taken[0]!.text).toContain('from Gold to Platinum');
  expect(taken[0]!.text).toMatch(/Message-ID: <not_[0-9a-f]+@host.example>/);
  expect(await deliverNotices(withMail(500))).toBe(0);

  one = await setTerms(it.admin(), { id: one.id, version: one.version, tierId: 'gold', ownDiscountBp: null });
  await collectNotices(withMail());
  answer = { code: 550, text: 'no such mailbox' };
  await deliverNotices(withMail());
  expect(await tier()).toMatchObject({
    state: 'failed',
    attempts: 1,
    error: expect.stringContaining('no such mailbox'),
  });
  expect((await listProblems(it.admin(), {})).rows).toMatchObject([{ kind: 'notices_failed' }]);
  expect((await inbox()).every((row) => row.error === null && row.attempts === null)).toBe(true);
  answer = null;
  const { id } = await tier();
  await expect(retryNotice(noMail(it.admin()), { id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('SMTP_URL'),
  });
  expect(await retryNotice({ ...it.admin(), mail }, { id })).toMatchObject({ state: 'queued' });
  await deliverNotices(withMail(1));
  expect((await tier()).state).toBe('sent');
  await expect(retryNotice({ ...it.admin(), mail }, { id })).rejects.toMatchObject({ code: 'conflict' });
  await expect(retryNotice(it.as(one), { id })).rejects.toMatchObject({ code: 'forbidden' });
});

test('without SMTP the host sends it, once, to its own client; a test mail says which way notices go', async () => {
  const staff = await it.login('admin');
  const sent = async () =>
    (
      await staff.ok<{ mails: { to: string; clientId: string; subject: string; text?: string }[] }>(
        'GET',
        '/api/test/mail',
      )
    ).mails;
  const newest = async () => (await listNotices(it.admin(), { kind: 'tier_changed' })).rows[0]!;
  const move = async (tierId: string) => {
    one = await setTerms(it.admin(), { id: one.id, version: one.version, tierId, ownDiscountBp: null });
    await collectNotices(it.system());
  };
  await move('platinum');
  expect(await newest()).toMatchObject({ state: 'queued' });
  writeFaults(it.sandbox.host, { failAfter: 'notices.send' });
  expect(await deliverNotices(it.system())).toBe(0);
  expect(await newest()).toMatchObject({ state: 'queued', attempts: 1 });
  expect(await deliverNotices({ ...it.system(), now: new Date(Date.now() + 300_000) })).toBe(1);
  expect(await newest()).toMatchObject({ state: 'sent', error: null });
  const told = (await sent()).filter(({ subject }) => subject.includes('Platinum'));
  expect(told).toEqual([
    expect.objectContaining({ to: one.email, clientId: '1', text: expect.stringContaining('to Platinum') }),
  ]);

  // A host that stops sending leaves what waits in the portal.
  await move('gold');
  expect(await newest()).toMatchObject({ state: 'queued' });
  expect(await deliverNotices(noMail())).toBe(0);
  expect(await newest()).toMatchObject({ state: 'inbox' });

  expect(await sendTestNotice(it.admin(), { to: 'boss@provider.example' })).toMatchObject({ through: 'host' });
  expect((await sent()).at(-1)).toMatchObject({ to: 'boss@provider.example', clientId: '' });
  expect(await sendTestNotice({ ...it.admin(), mail }, { to: 'boss@provider.example' })).toMatchObject({
    through: 'smtp',
  });
  expect(taken.at(-1)).toMatchObject({
    to: ['boss@provider.example'],
    text: expect.stringContaining('of Sandbox Hosting'),
  });
  answer = { code: 550, text: 'no such mailbox' };
  const refused = sendTestNotice({ ...it.admin(), mail }, { to: 'boss@provider.example' });
  await expect(refused).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('no such mailbox'),
  });
  answer = null;
  await expect(sendTestNotice(noMail(it.admin()), { to: 'boss@provider.example' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await sql(`select count(*)::int as n from activity where action = 'notice.tested'`)).toEqual([{ n: 2 }]);
});

test('a change of the own discount is no change of tier; a notice switched off is not made; an own text is used', async () => {
  const count = async () => (await listNotices(it.admin(), {})).total;
  const before = await count();
  one = await setTerms(it.admin(), { id: one.id, version: one.version, tierId: 'gold', ownDiscountBp: 1234 });
  await collectNotices(it.system());
  expect(await count()).toBe(before);
  await sql(`create table if not exists settings (section text primary key, "values" jsonb)`);
  const kinds = { tier_changed: { enabled: false } };
  await sql(`insert into settings (section, "values") values ('notices', '${JSON.stringify({ kinds })}')
             on conflict (section) do update set "values" = excluded."values"`);
  one = await setTerms(it.admin(), { id: one.id, version: one.version, tierId: 'silver', ownDiscountBp: null });
  await collectNotices(it.system());
  expect(await count()).toBe(before);
  const own = { tier_changed: { templates: { en: { subject: 'Now {tier}', body: '{company}: {tier}' } } } };
  await sql(`update settings set "values" = '${JSON.stringify({ kinds: own })}' where section = 'notices'`);
  one = await setTerms(it.admin(), { id: one.id, version: one.version, tierId: 'gold', ownDiscountBp: null });
  await collectNotices(it.system());
  expect((await inbox())[0]).toMatchObject({ subject: 'Now Gold', body: 'Northwind Resale: Gold' });
});

test('an applicant is told by the address in the event; what is a day old is not news', async () => {
  const tell = (at: Date, message: string) =>
    it.service.orm.em.fork().transactional(async (em) => {
      record(
        { ...it.system(), em, now: at },
        {
          action: 'application.rejected',
          subject: { type: 'application', id: 'app_1' },
          resellerId: null,
          event: {
            applicationId: 'app_1',
            hostClientId: '9',
            email: 'new@example.org',
            company: 'New GmbH',
            language: 'de',
            message,
          },
        },
      );
    });
  await tell(new Date(), 'Bitte {company} 2028 wieder.');
  await tell(new Date(Date.now() - 25 * 3_600_000), 'old');
  await collectNotices(it.system());
  const { rows } = await listNotices(it.admin(), { kind: 'application_rejected' });
  expect(rows).toMatchObject([{ resellerId: null, hostClientId: '9', recipient: 'new@example.org', language: 'de' }]);
  expect(rows[0]!.body).toContain('Guten Tag New GmbH');
  expect(rows[0]!.body).toContain('Bitte {company} 2028 wieder.');
});

test('a preview shows the newest real data and sends nothing; an unknown name is refused', async () => {
  const total = (await listNotices(it.admin(), {})).total;
  const preview = await previewNotice(it.admin(), {
    kind: 'order_paid',
    language: 'de',
    subject: 'Nr. {order}: {amount}',
  });
  expect(preview).toMatchObject({
    available: true,
    recipient: one.email,
    subject: expect.stringContaining(`${VPS_DUE} USD`),
  });
  expect(await previewNotice(it.admin(), { kind: 'price_rise' })).toEqual({ available: false });
  for (const kind of ['order_paid', 'price_rise'] as const) {
    await expect(previewNotice(it.admin(), { kind, body: '{wholesale}' })).rejects.toMatchObject({ code: 'bad_input' });
  }
  expect((await listNotices(it.admin(), {})).total).toBe(total);
  expect(taken).toHaveLength(3);
});

test('mail that is set up by half stops the start with the variable’s name', () => {
  expect(() => readEnvironment({ SMTP_URL: 'smtp://mail.example' })).toThrow('SMTP_FROM');
  expect(() => readEnvironment({ SMTP_URL: 'http://mail.example', SMTP_FROM: 'a@b.example' })).toThrow('SMTP_URL');
  expect(readEnvironment({ SMTP_URL: 'smtp://mail.example', SMTP_FROM: 'a@b.example' }).mail?.from).toBe('a@b.example');
});
