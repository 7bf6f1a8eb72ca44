import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, ServiceContext } from '../../server/context.ts';
import { listActivity } from '../../server/modules/activity/list.ts';
import { answerRequest } from '../../server/modules/application/answer.ts';
import { approveApplication } from '../../server/modules/application/approve.ts';
import { askForInformation } from '../../server/modules/application/ask.ts';
import { assignApplication } from '../../server/modules/application/assign.ts';
import { checkTaxNumber } from '../../server/modules/application/check-tax-id.ts';
import { findLikeCompanies } from '../../server/modules/application/find-like.ts';
import { getClientFacts } from '../../server/modules/application/client-facts.ts';
import { dismissMatch } from '../../server/modules/application/dismiss-match.ts';
import { followUpApplications } from '../../server/modules/application/follow-up.ts';
import { forgetApplications } from '../../server/modules/application/forget.ts';
import { getApplication } from '../../server/modules/application/get.ts';
import { getOwnApplication } from '../../server/modules/application/get-own.ts';
import { listApplications } from '../../server/modules/application/list.ts';
import { assignApplications, rejectApplications } from '../../server/modules/application/many.ts';
import { rejectApplication } from '../../server/modules/application/reject.ts';
import { listReplies } from '../../server/modules/application/replies.ts';
import { saveDraft } from '../../server/modules/application/save-draft.ts';
import { submitApplication } from '../../server/modules/application/submit.ts';
import { withdrawApplication } from '../../server/modules/application/withdraw.ts';
import { writeMessage, writeToProvider } from '../../server/modules/application/write-message.ts';
import { actorFromSession } from '../../server/modules/identity/actor-from-session.ts';
import { getPulse } from '../../server/modules/identity/pulse.ts';
import { searchHostClients } from '../../server/modules/reseller/search-host-clients.ts';
import { getProfile } from '../../server/modules/profile/get.ts';
import { eraseReseller } from '../../server/modules/person/erase-reseller.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import { previewSettings } from '../../server/modules/settings/preview.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import type { SectionName } from '../../server/modules/settings/sections/index.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { adminPermissions, clientPermissions } from '../../server/permissions.ts';
import { HostError } from '../../hooks/contract/index.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;
let shipped: Record<string, unknown>;
beforeAll(async () => {
  it = await startInstallation();
  shipped = (await getSettings(it.admin(), { section: 'form' })).rows[0]!.values;
});
afterAll(() => it.stop());

/** Every test begins without applications and resellers, with open applications and the shipped form. */
beforeEach(async () => {
  const { em } = it.admin();
  for (const table of ['application', 'price_assignment', 'price_lock', 'service', 'reseller_profile', 'reseller'])
    await em.execute(`delete from ${table}`);
  await save('form', shipped);
  await save('applications', { open: true, countries: [], reapplyDays: 30, automatic: { mode: 'off' } });
});

const DAY_MS = 86_400_000;
const GOOD = {
  businessName: 'Harbour Hosting GmbH',
  registrationNumber: 'HRB 12345',
  taxId: 'DE 136695976',
  description: 'Shops on small servers',
};

async function save(section: SectionName, values: Record<string, unknown>) {
  const { rows } = await getSettings(it.admin(), { section });
  return updateSettings(it.admin(), { section, version: rows[0]!.version, values });
}
/** A client of the sandbox: "1", "2" and "3" are its people. */
function client(hostClientId = '3'): ServiceContext {
  const who = `client:${hostClientId}`;
  return it.service.context({ kind: 'client', id: who, name: who, hostClientId, permissions: clientPermissions });
}
function admin(name: string): ServiceContext {
  return it.service.context({ kind: 'admin', id: `admin:${name}`, name, permissions: adminPermissions });
}
const later = (ctx: ServiceContext, days: number): ServiceContext => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + days * DAY_MS),
});
const formVersion = async () => (await getSettings(it.admin(), { section: 'form' })).rows[0]!.version;

async function apply(ctx = client(), answers: Record<string, unknown> = GOOD) {
  const draft = await saveDraft(ctx, { version: null, answers: {} });
  return submitApplication(ctx, {
    version: draft.version,
    formVersion: await formVersion(),
    answers: answers as never,
  });
}
const actions = async (id: string) => (await getApplication(it.admin(), { id })).history.map(({ action }) => action);

test('a client applies, asks its way through a review, and is a reseller that can order at once', async () => {
  const before = await getOwnApplication(client(), {});
  expect(before).toMatchObject({
    open: true,
    application: null,
    known: { businessName: 'Harbour Hosting', country: 'DE' },
  });
  const draft = await saveDraft(client(), { version: null, answers: { businessName: 'Harb' } });
  expect(draft).toMatchObject({ status: 'draft', completeness: { answered: 1, asked: 4 } });
  expect((await listApplications(it.admin(), { view: 'all' })).rows).toEqual([]);
  const saved = await saveDraft(client(), { version: draft.version, answers: { ...GOOD, taxId: '12' } });
  expect(saved).toMatchObject({ id: draft.id, answers: { taxId: '12' }, taxIdCheck: 'wrong' });

  const sent = await submitApplication(client(), { version: saved.version, formVersion: 1, answers: GOOD });
  expect(sent).toMatchObject({ status: 'submitted', taxIdCheck: 'ok', completeness: { answered: 4, asked: 4 } });
  const { rows, views } = await listApplications(it.admin(), {});
  expect(views).toEqual({ review: 1, waiting: 0, decided: 0, all: 1 });
  expect(rows[0]).toMatchObject({ businessName: GOOD.businessName, country: 'DE', signals: [], assignedTo: null });

  const asked = await askForInformation(admin('Ada'), {
    id: sent.id,
    version: rows[0]!.version,
    fields: ['taxId'],
    message: 'Which tax office?',
    note: 'Smells fine',
  });
  expect(asked.status).toBe('info_requested');
  const seen = (await getOwnApplication(client(), {})).application!;
  expect(seen.request).toMatchObject({ fields: ['taxId'], message: 'Which tax office?' });
  expect(JSON.stringify(seen)).not.toContain('Smells fine');
  expect(JSON.stringify(seen)).not.toContain('Ada');
  await expect(
    answerRequest(client(), { version: seen.version, answers: { description: 'Other' } }),
  ).rejects.toMatchObject({ code: 'bad_input', path: '/answers/description' });
  const answered = await answerRequest(client(), {
    version: seen.version,
    answers: { taxId: 'DE136695976' },
    message: 'Berlin',
  });
  expect(answered.status).toBe('answered');

  const review = await getApplication(it.admin(), { id: sent.id });
  expect(review.answers.find(({ field }) => field.id === 'taxId')).toMatchObject({
    value: 'DE136695976',
    changedFrom: { value: 'DE 136695976' },
    taxId: { check: 'ok' },
  });
  expect(review.answers.find(({ field }) => field.id === 'description')?.changedFrom).toBeNull();
  expect(review.submissions.map(({ number }) => number)).toEqual([1, 2]);
  expect(review.thread.map(({ kind, body }) => [kind, body]).toSorted()).toEqual(
    [
      ['message', 'Which tax office?'],
      ['note', 'Smells fine'],
      ['message', 'Berlin'],
    ].toSorted(),
  );

  const approved = await approveApplication(admin('Ada'), {
    id: sent.id,
    version: review.version,
    tierId: 'gold',
    ownDiscountBp: 2250,
    apiEnabled: false,
    message: 'Welcome',
    note: 'Friend of Bob',
  });
  expect(approved).toMatchObject({ status: 'approved', decision: { by: { name: 'Ada' }, automatic: false } });
  const reseller = await getReseller(it.admin(), { id: approved.resellerId! });
  expect(reseller).toMatchObject({
    company: GOOD.businessName,
    hostClientId: '3',
    status: 'active',
    tier: { id: 'gold' },
    effectiveDiscountBp: 2250,
  });
  expect(await getProfile(it.as(reseller), {})).toMatchObject({
    company: GOOD.businessName,
    registrationNumber: GOOD.registrationNumber,
    taxId: 'DE136695976',
    country: 'DE',
    phone: null,
  });
  const [{ api_enabled: apiEnabled } = {}] = await it
    .admin()
    .em.execute<{ api_enabled: boolean }[]>('select api_enabled from reseller where id = ?', [reseller.id]);
  expect(apiEnabled).toBe(false);
  expect(await actions(sent.id)).toEqual([
    'application.drafted',
    'application.submitted',
    'application.information_requested',
    'application.answered',
    'application.approved',
  ]);
  const events = await it
    .admin()
    .em.execute<{ type: string; payload: object }[]>(
      `select type, payload from outbox where payload->>'applicationId' = ?`,
      [sent.id],
    );
  expect(events.map(({ type }) => type)).toContain('application.approved');
  expect(JSON.stringify(events)).not.toMatch(/Smells fine|Friend of Bob/);
});

describe('answers', () => {
  const refused = async (answers: Record<string, unknown>, path: string) => {
    await expect(apply(client(), answers)).rejects.toMatchObject({ code: 'bad_input', path });
    expect((await getOwnApplication(client(), {})).application?.status).toBe('draft');
  };
  test('a required one that is missing keeps the draft from being sent', () =>
    refused({ ...GOOD, description: ' ' }, '/answers/description'));
  test('a tax ID is checked by the country’s rules, and the message says what is expected', async () => {
    await refused({ ...GOOD, taxId: 'DE136695977' }, '/answers/taxId');
    expect(await checkTaxNumber(client(), { country: 'FR', value: 'FR40303265045' })).toMatchObject({ check: 'ok' });
    expect(await checkTaxNumber(client(), { country: 'FR', value: 'FR40303265046' })).toMatchObject({ check: 'wrong' });
    expect(await checkTaxNumber(client(), { country: 'BR', value: '11.222.333/0001-81' })).toMatchObject({
      check: 'ok',
    });
    expect(await checkTaxNumber(client(), { country: 'AQ', value: 'anything' })).toMatchObject({ check: 'unchecked' });
  });
  test('one that no question asks for is refused', () => refused({ ...GOOD, colour: 'blue' }, '/answers/colour'));

  test('each kind of field takes what fits it and nothing else; hidden questions are not asked', async () => {
    const [form] = (await getSettings(it.admin(), { section: 'form' })).rows;
    const label = { en: 'x' };
    const extra = [
      { id: 'servers', type: 'number', label, required: true, min: 1, max: 100 },
      {
        id: 'kind',
        type: 'choice',
        label,
        required: true,
        options: [
          { id: 'web', label },
          { id: 'mail', label },
        ],
      },
      {
        id: 'where',
        type: 'multiple_choice',
        label,
        options: [
          { id: 'eu', label },
          { id: 'us', label },
        ],
      },
      { id: 'mailboxes', type: 'number', label, required: true, showIf: { field: 'kind', equals: 'mail' } },
      { id: 'country', type: 'country', label, required: true },
      { id: 'site', type: 'url', label },
      { id: 'phone', type: 'phone', label },
      { id: 'terms', type: 'consent', label, required: true },
    ];
    const core = form!.values['fields'] as object[];
    await save('form', { fields: [...core, ...extra] });
    const good = {
      ...GOOD,
      servers: 3,
      kind: 'web',
      where: ['eu'],
      country: 'DE',
      site: 'https://www.harbour.example',
      phone: '+49 30 1234567',
      terms: true,
    };
    for (const [field, bad] of [
      ['servers', 0],
      ['servers', 'three'],
      ['kind', 'shop'],
      ['where', ['mars']],
      ['country', 'Germany'],
      ['site', 'harbour'],
      ['site', 'javascript:alert(1)'],
      ['phone', 'call me'],
      ['terms', false],
    ] as const) {
      const [draft] = [await getOwnApplication(client(), {})];
      const version = draft.application?.version ?? (await saveDraft(client(), { version: null, answers: {} })).version;
      const sending = submitApplication(client(), {
        version,
        formVersion: await formVersion(),
        answers: { ...good, [field]: bad } as never,
      });
      await expect(sending, `${field} ${String(bad)}`).rejects.toMatchObject({
        code: 'bad_input',
        path: `/answers/${field}`,
      });
    }
    const { application } = await getOwnApplication(client(), {});
    const sent = await submitApplication(client(), {
      version: application!.version,
      formVersion: await formVersion(),
      answers: good,
    });
    expect(sent.completeness).toEqual({ answered: 11, asked: 11 });
    const oldForm = sent.form;

    await save('form', { fields: core });
    expect((await getOwnApplication(client(), {})).application?.form).toEqual(oldForm);
    const review = await getApplication(it.admin(), { id: sent.id });
    expect(review.answers.find(({ field }) => field.id === 'servers')?.value).toBe(3);
    expect((await getOwnApplication(client('2'), {})).form.fields).toHaveLength(4);
  });

  test('a form that changed while it was filled in must be looked at again', async () => {
    const draft = await saveDraft(client(), { version: null, answers: GOOD });
    await expect(
      submitApplication(client(), { version: draft.version, formVersion: (await formVersion()) - 1, answers: GOOD }),
    ).rejects.toMatchObject({ code: 'conflict', path: '/formVersion' });
  });
});

describe('two at once', () => {
  test('of two admins who decide, one wins and the other hears who did what; there is one reseller or none', async () => {
    const { id } = await apply();
    const { version } = await getApplication(it.admin(), { id });
    const results = await Promise.allSettled([
      approveApplication(admin('Ada'), { id, version }),
      rejectApplication(admin('Bob'), { id, version, message: 'No', reason: 'test' }),
    ]);
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    const lost = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(lost.reason).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(won === 0 ? /^Ada approved this application/ : /^Bob rejected this application/),
    });
    const end = await getApplication(it.admin(), { id });
    const { em } = it.admin();
    const resellers = await em.execute<{ id: string }[]>(`select id from reseller where host_client_id = '3'`);
    expect(resellers).toHaveLength(end.status === 'approved' ? 1 : 0);
  });

  test('two approvals make one reseller', async () => {
    const { id } = await apply();
    const { version } = await getApplication(it.admin(), { id });
    const results = await Promise.allSettled(
      ['Ada', 'Bob'].map((name) => approveApplication(admin(name), { id, version })),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const resellers = await it
      .admin()
      .em.execute<{ id: string }[]>(`select id from reseller where host_client_id = '3'`);
    expect(resellers).toHaveLength(1);
  });

  test('a draft that was saved in another window is not overwritten', async () => {
    const draft = await saveDraft(client(), { version: null, answers: GOOD });
    await saveDraft(client(), { version: draft.version, answers: { ...GOOD, description: 'newer' } });
    await expect(saveDraft(client(), { version: draft.version, answers: GOOD })).rejects.toMatchObject({
      code: 'version_mismatch',
    });
    expect((await getOwnApplication(client(), {})).application?.answers['description']).toBe('newer');
  });

  test('an application that is sent twice is there once', async () => {
    const draft = await saveDraft(client(), { version: null, answers: GOOD });
    const send = async () =>
      submitApplication(client(), { version: draft.version, formVersion: await formVersion(), answers: GOOD });
    const results = await Promise.allSettled([send(), send()]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await listApplications(it.admin(), { view: 'all' })).total).toBe(1);
  });
});

test('a rejected client applies again after the wait, not before; the earlier application is shown beside the new one', async () => {
  const { id } = await apply();
  const { version } = await getApplication(it.admin(), { id });
  await rejectApplication(admin('Ada'), { id, version, message: 'Not yet', reason: 'too new', note: 'secret' });
  const seen = await getOwnApplication(client(), {});
  expect(seen).toMatchObject({ open: false, application: { status: 'rejected', decisionMessage: 'Not yet' } });
  expect(JSON.stringify(seen)).not.toMatch(/secret|too new|Ada/);
  await expect(saveDraft(client(), { version: null, answers: GOOD })).rejects.toMatchObject({ code: 'conflict' });
  const again = await apply(later(client(), 31));
  const { matches } = await getApplication(it.admin(), { id: again.id });
  expect(matches).toMatchObject([
    { type: 'application', id, status: 'rejected', reasons: [{ reason: 'earlier', level: 'info' }] },
  ]);
});

test('a withdrawn application is out of the queue, cannot be decided, and a new one may begin at once', async () => {
  const sent = await apply();
  await withdrawApplication(client(), { version: sent.version });
  expect((await listApplications(it.admin(), {})).total).toBe(0);
  const { version } = await getApplication(it.admin(), { id: sent.id });
  await expect(approveApplication(admin('Ada'), { id: sent.id, version })).rejects.toMatchObject({ code: 'conflict' });
  await expect(withdrawApplication(client(), { version })).rejects.toMatchObject({ code: 'conflict' });
  expect((await apply()).id).not.toBe(sent.id);
});

describe('like records', () => {
  const reasons = async (id: string) =>
    (await getApplication(it.admin(), { id })).matches.map((match) => [
      match.id,
      match.reasons.map(({ reason }) => reason),
    ]);

  test('the same tax ID, registration number or a like name is found, said on both sides, and can be dismissed for good', async () => {
    const first = await apply(client('2'), { ...GOOD, businessName: 'Harbor Hosting Ltd', taxId: 'DE136695976' });
    const second = await apply(client('3'), { ...GOOD, registrationNumber: 'hrb-12345' });
    expect(await reasons(second.id)).toEqual([[first.id, ['domain', 'name', 'registration_number', 'tax_id']]]);
    expect(await reasons(first.id)).toEqual([[second.id, ['domain', 'name', 'registration_number', 'tax_id']]]);
    const { rows } = await listApplications(it.admin(), { hasSignal: true });
    expect(rows.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(rows[1]?.signals.find(({ reason }) => reason === 'tax_id')).toMatchObject({ level: 'danger', count: 1 });

    await dismissMatch(admin('Ada'), { id: second.id, otherType: 'application', otherId: first.id });
    expect((await listApplications(it.admin(), { hasSignal: true })).rows.map(({ id }) => id)).toEqual([first.id]);
    const { version } = await getApplication(it.admin(), { id: second.id });
    await askForInformation(admin('Ada'), { id: second.id, version, message: 'Really?' });
    const own = (await getOwnApplication(client('3'), {})).application!;
    await answerRequest(client('3'), { version: own.version, message: 'Yes' });
    expect((await getApplication(it.admin(), { id: second.id })).matches).toMatchObject([{ dismissed: true }]);
  });

  test('a reseller without an application is found by its name; companies that only share a trade are not alike', async () => {
    const reseller = await createReseller(it.admin(), { hostClientId: '1', company: 'Alpha Hosting GmbH' });
    const like = await apply(client('3'), { ...GOOD, businessName: 'Alfa Hosting' });
    expect(await reasons(like.id)).toEqual([[reseller.id, ['domain', 'name']]]);
    const other = await apply(client('2'), {
      ...GOOD,
      businessName: 'Beta Hosting GmbH',
      taxId: 'DE115235681',
      registrationNumber: '',
    });
    expect((await reasons(other.id)).flatMap(([, why]) => why)).not.toContain('name');
  });
});

test('a company that is created by hand is compared as well, before anything is written', async () => {
  const { id } = await apply(client('2'));
  const like = (about: object) => findLikeCompanies(it.admin(), about);
  expect((await like({ company: 'Harbour Hosting Ltd', taxId: 'de136695976' })).rows).toMatchObject([
    {
      type: 'application',
      id,
      status: 'submitted',
      reasons: [{ reason: 'name' }, { reason: 'tax_id', level: 'danger' }],
    },
  ]);
  expect((await like({ hostClientId: '2', taxId: 'DE136695976' })).rows).toMatchObject([
    { id, reasons: [{ reason: 'earlier', level: 'info' }] },
  ]);
  expect((await like({ company: 'Quite Different', email: 'me@gmail.com' })).rows).toEqual([]);
});

describe('automatic approval', () => {
  const forget = async () => {
    const { em } = it.admin();
    for (const table of ['application', 'price_assignment', 'reseller_profile', 'reseller'])
      await em.execute(`delete from ${table}`);
  };
  const automatic = (rule: object) => save('applications', { automatic: rule });
  const outcome = async (answers: Record<string, unknown> = GOOD, ctx = client()) => {
    const { id, status } = await apply(ctx, answers);
    const { decision } = await getApplication(it.admin(), { id });
    return { id, status, decision };
  };

  test('on: the client is a reseller at once, decided by the system', async () => {
    await automatic({ mode: 'on' });
    expect(await outcome()).toMatchObject({
      status: 'approved',
      decision: { automatic: true, by: { kind: 'system' } },
    });
  });

  test('on conditions: all must hold', async () => {
    await automatic({ mode: 'conditions', taxIdChecked: true, countries: ['DE'], noOverdueInvoice: true });
    expect((await outcome()).status).toBe('approved');
    await forget();
    await automatic({ mode: 'conditions', countries: ['FR'] });
    expect((await outcome()).status).toBe('submitted');
    await forget();
    await automatic({ mode: 'conditions', clientAgeDays: 30 });
    expect((await outcome()).status).toBe('submitted');
    await forget();
    expect((await outcome(GOOD, later(client(), 31))).status).toBe('approved');
    await forget();
    await automatic({ mode: 'conditions', paidTotal: { amount: '0.01', currency: 'USD' } });
    expect((await outcome()).status).toBe('submitted');
  });

  test('a duplicate goes to a person, whatever the settings say', async () => {
    await apply(client('2'), { ...GOOD, businessName: 'Quite Different' });
    await automatic({ mode: 'on' });
    expect((await outcome()).status).toBe('submitted');
  });

  test('a host that cannot be asked keeps nobody from applying, and approves nobody', async () => {
    await automatic({ mode: 'on' });
    const ctx = client();
    const draft = await saveDraft(ctx, { version: null, answers: {} });
    const away = new Proxy(ctx.host, {
      get: () => async () => Promise.reject(new HostError('unreachable', 'The host does not answer')),
    });
    const sent = await submitApplication(
      { ...ctx, host: away },
      { version: draft.version, formVersion: await formVersion(), answers: GOOD },
    );
    expect(sent.status).toBe('submitted');
    expect((await getApplication(it.admin(), { id: sent.id })).facts).toBeNull();
  });
});

test('a rule for automatic approval is tried on the last 90 days before it is switched on', async () => {
  await apply(client('3'));
  await apply(client('2'), { ...GOOD, businessName: 'Quite Different', taxId: 'DE115235681', registrationNumber: '' });
  const tried = async (automatic: object, ctx = it.admin()) =>
    (await previewSettings(ctx, { section: 'applications', values: { automatic } })).backTest;
  expect(await tried({ mode: 'on' })).toEqual({ days: 90, applications: 2, approved: 2, waiting: 2 });
  expect(await tried({ mode: 'conditions', clientAgeDays: 5 })).toMatchObject({ applications: 2, approved: 0 });
  expect(await tried({ mode: 'on' }, later(it.admin(), 91))).toMatchObject({ applications: 0, approved: 0 });
});

test('a reviewer sees what the host knows now, and of a preview of the form how many answers a field has', async () => {
  const { id } = await apply();
  expect(await getClientFacts(it.admin(), { id })).toMatchObject({
    clientStatus: 'active',
    overdueInvoices: 0,
    tickets: 0,
  });
  expect((await getApplication(it.admin(), { id })).facts).toMatchObject({ country: 'DE', paid: [] });
  await save('form', {
    fields: [...(shipped['fields'] as object[]), { id: 'extra', type: 'text', label: { en: 'Extra' } }],
  });
  const draft = await saveDraft(client('2'), { version: null, answers: {} });
  await submitApplication(client('2'), {
    version: draft.version,
    formVersion: await formVersion(),
    answers: { ...GOOD, extra: 'yes' },
  });
  const preview = await previewSettings(it.admin(), { section: 'form', values: shipped });
  expect(preview.removedFields).toEqual([{ id: 'extra', label: { en: 'Extra' }, applications: 1 }]);
});

test('a session of a client may apply and watch its own application; an admin who looks on may not apply', async () => {
  const claims = { portal: 'client', account: '3', sub: 'client:3', scopes: ['applications:apply', 'resellers:write'] };
  const actor = (more: object) => actorFromSession(it.admin().em, { ...claims, ...more } as never, new Date());
  const mine = it.service.context(await actor({}));
  expect([...mine.actor.permissions]).toEqual(['applications:apply']);
  expect([...(await actor({ act: 'admin:1' })).permissions]).toEqual([]);
  expect([...(await actor({ scopes: ['resellers:write'] })).permissions]).toEqual([]);
  expect((await getPulse(mine, {})).versions).toEqual({});
  await apply(mine);
  const first = (await getPulse(mine, {})).versions;
  const { rows } = await listApplications(it.admin(), {});
  await writeMessage(admin('Ada'), { id: rows[0]!.id, kind: 'message', body: 'Hi' });
  expect((await getPulse(mine, {})).versions).not.toEqual(first);
  expect((await getPulse(client('2'), {})).versions).toEqual({});
  const found = await searchHostClients(it.admin(), { search: 'applicant' });
  expect(found.rows).toMatchObject([{ id: '3', resellerId: null, applicationId: rows[0]!.id }]);
});

describe('time', () => {
  async function requested() {
    const { id } = await apply();
    const { version } = await getApplication(it.admin(), { id });
    await askForInformation(admin('Ada'), { id, version, message: 'Please' });
    return id;
  }

  test('a request is repeated once after 7 days and closed after 30', async () => {
    const id = await requested();
    expect(await followUpApplications(later(it.system(), 6))).toEqual({ reminded: 0, expired: 0 });
    expect(await followUpApplications(later(it.system(), 8))).toEqual({ reminded: 1, expired: 0 });
    expect(await followUpApplications(later(it.system(), 9))).toEqual({ reminded: 0, expired: 0 });
    expect(await followUpApplications(later(it.system(), 31))).toEqual({ reminded: 0, expired: 1 });
    expect((await getApplication(it.admin(), { id })).status).toBe('expired');
    expect(await actions(id)).toEqual(expect.arrayContaining(['application.reminded', 'application.expired']));
    const { version } = (await getOwnApplication(client(), {})).application!;
    await expect(answerRequest(client(), { version, message: 'Late' })).rejects.toMatchObject({ code: 'conflict' });
    expect((await apply()).status).toBe('submitted');
  });

  test('drafts and personal data of what came to nothing go when their time is over; that it was there stays', async () => {
    const { id } = await apply();
    const { version } = await getApplication(it.admin(), { id });
    await rejectApplication(admin('Ada'), { id, version, message: 'No', reason: 'test' });
    await saveDraft(client('2'), { version: null, answers: GOOD });
    expect(await forgetApplications(later(it.system(), 10))).toEqual({ drafts: 0, erased: 0 });
    expect(await forgetApplications(later(it.system(), 731))).toEqual({ drafts: 1, erased: 1 });
    const left = await getApplication(it.admin(), { id });
    expect(left).toMatchObject({ status: 'rejected', applicant: { name: '', email: '' }, thread: [], submissions: [] });
    expect((await getOwnApplication(client('2'), {})).application).toBeNull();
    expect(await forgetApplications(later(it.system(), 731))).toEqual({ drafts: 0, erased: 0 });
    expect(await actions(id)).toContain('application.erased');
    const { rows } = await listActivity(it.admin(), { action: 'application.draft_removed' });
    expect(rows).toMatchObject([{ actor: { kind: 'system' }, after: { status: 'draft' } }]);
  });
});

test('erasing a reseller takes the people out of the application it came by', async () => {
  const { id } = await apply();
  const { version } = await getApplication(it.admin(), { id });
  const { resellerId } = await approveApplication(admin('Ada'), { id, version, note: 'Private', message: 'Hi Aiko' });
  await it.admin().em.execute(`update reseller set status = 'terminated' where id = ?`, [resellerId]);
  const reseller = await getReseller(it.admin(), { id: resellerId! });
  await eraseReseller(it.admin(), { id: reseller.id, version: reseller.version, confirm: reseller.company });
  const left = await getApplication(it.admin(), { id });
  expect(left).toMatchObject({ status: 'approved', resellerId, applicant: { name: '', email: '' }, thread: [] });
  expect(JSON.stringify(left)).not.toMatch(/Harbour|Aiko|DE136695976|Private/);
});

describe('who may', () => {
  test('another client neither sees nor changes an application that is not its own', async () => {
    const { version } = await apply(client('3'));
    expect((await getOwnApplication(client('2'), {})).application).toBeNull();
    await expect(withdrawApplication(client('2'), { version })).rejects.toMatchObject({ code: 'not_found' });
    await expect(writeToProvider(client('2'), { body: 'hello' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a draft is the applicant’s own: to a reviewer it is unknown', async () => {
    const { id } = await saveDraft(client(), { version: null, answers: GOOD });
    const unknown = await getApplication(it.admin(), { id: 'app_unknown' }).catch((error: unknown) => error);
    expect(await getApplication(it.admin(), { id }).catch((error: unknown) => error)).toEqual(unknown);
    await expect(writeMessage(admin('Ada'), { id, kind: 'message', body: 'Hi' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('resellers and admins cannot apply, closed applications are refused, and so is a country that is not offered', async () => {
    await expect(saveDraft(it.admin(), { version: null, answers: GOOD })).rejects.toMatchObject({ code: 'forbidden' });
    // Whoever holds every permission, and whoever has no account at the host, is still nobody's client.
    await apply();
    for (const ctx of [it.system(), { ...client(), actor: { ...client().actor, hostClientId: '' } as Actor }])
      await expect(getOwnApplication(ctx, {})).rejects.toMatchObject({ code: 'forbidden' });
    await save('applications', { countries: ['FR'] });
    await expect(saveDraft(client(), { version: null, answers: GOOD })).rejects.toMatchObject({ code: 'forbidden' });
    await save('applications', { open: false });
    await expect(saveDraft(client(), { version: null, answers: GOOD })).rejects.toMatchObject({
      code: 'programme_off',
    });
    await save('applications', { open: true, countries: [] });
    await save('programme', { enabled: false });
    await expect(saveDraft(client(), { version: null, answers: GOOD })).rejects.toMatchObject({
      code: 'programme_off',
    });
    await save('programme', { enabled: true });
  });

  test('a client with an application under way is not made a reseller beside it', async () => {
    const { id } = await apply();
    await expect(createReseller(it.admin(), { hostClientId: '3', company: 'X' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(id),
    });
  });
});

test('the queue is paged, sorted, filtered and assigned on the server', async () => {
  const one = await apply(client('1'), {
    ...GOOD,
    businessName: 'Zebra',
    taxId: 'DE115235681',
    registrationNumber: '1111',
  });
  const two = await apply(client('2'), {
    ...GOOD,
    businessName: 'Aardvark',
    taxId: 'DE136695976',
    registrationNumber: '2222',
  });
  const list = (input: Parameters<typeof listApplications>[1]) => listApplications(admin('Ada'), input);
  const ids = async (input: Parameters<typeof listApplications>[1]) => (await list(input)).rows.map(({ id }) => id);
  expect(await ids({})).toEqual([one.id, two.id]);
  expect(await ids({ sort: '-waitingSince' })).toEqual([two.id, one.id]);
  for (const sort of ['waitingSince', 'businessName', '-businessName'] as const) {
    const whole = await ids({ sort });
    const first = await list({ sort, limit: 1 });
    const rest = await list({ sort, limit: 1, cursor: first.cursor! });
    expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(whole);
    expect(rest.cursor).toBeNull();
  }
  expect(await ids({ search: 'aardv' })).toEqual([two.id]);
  expect(await ids({ search: '100%' })).toEqual([]);
  expect(await ids({ country: ['FR'] })).toEqual([]);
  expect(await ids({ from: '2999-01-01T00:00:00Z' })).toEqual([]);

  const { version } = await getApplication(it.admin(), { id: one.id });
  await assignApplication(admin('Ada'), { id: one.id, version, to: { id: 'admin:Ada', name: 'Ada' } });
  expect(await ids({ assigned: 'me' })).toEqual([one.id]);
  expect(await ids({ assigned: 'nobody' })).toEqual([two.id]);
  await expect(assignApplication(admin('Bob'), { id: one.id, version, to: null })).rejects.toMatchObject({
    code: 'version_mismatch',
    message: expect.stringContaining('Ada assigned this application'),
  });
  const items = (await list({})).rows.map(({ id, version: seen }) => ({ id, version: id === two.id ? 99 : seen }));
  const bulk = await rejectApplications(admin('Ada'), { items, message: 'Closed for now', reason: 'closing' });
  expect(bulk.results).toMatchObject([
    { id: one.id, done: true },
    { id: two.id, done: false, refusal: { code: 'version_mismatch' } },
  ]);
  expect(
    (await assignApplications(admin('Ada'), { items: [{ id: 'app_x', version: 1 }], to: null })).results,
  ).toMatchObject([{ done: false, refusal: { code: 'not_found' } }]);
  expect(await ids({ view: 'decided' })).toEqual([one.id]);
});

test('the thread goes both ways while an application is under way, and notes stay with the team', async () => {
  const { id } = await apply();
  await writeMessage(admin('Ada'), { id, kind: 'note', body: 'Call them' });
  await writeMessage(admin('Ada'), { id, kind: 'message', body: 'Hello' });
  await writeToProvider(client(), { body: 'Hi there' });
  const { application } = await getOwnApplication(client(), {});
  expect(application?.messages.map(({ from, body }) => [from, body]).toSorted()).toEqual([
    ['applicant', 'Hi there'],
    ['provider', 'Hello'],
  ]);
  const { version } = await getApplication(it.admin(), { id });
  await rejectApplication(admin('Ada'), { id, version, message: 'No', reason: 'test' });
  await expect(writeToProvider(client(), { body: 'Why?' })).rejects.toMatchObject({ code: 'conflict' });
});

test('the host’s own session token carries a client from the form to the queue over tRPC', async () => {
  const shop = await it.login('applicant');
  const { token } = await shop.ok<{ token: string }>('POST', '/reseller/token', { portal: 'client' });
  const call = async <T>(procedure: string, input?: object) => {
    const response = await fetch(`${it.serviceUrl}/trpc/${procedure}`, {
      method: input ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(input ? { body: JSON.stringify(input) } : {}),
    });
    return { status: response.status, body: (await response.json()) as { result: { data: T } } };
  };
  const page = await call<{ open: boolean; form: { version: number } }>('application.get');
  expect(page.body.result.data.open).toBe(true);
  const draft = await call<{ version: number }>('application.saveDraft', { version: null, answers: GOOD });
  const { version } = draft.body.result.data;
  const sent = { version, formVersion: page.body.result.data.form.version, answers: GOOD };
  expect((await call('application.submit', sent)).status).toBe(200);
  expect((await call('application.submit', sent)).status).toBe(409);
  expect((await call('applications.list')).status).toBe(403);
  expect((await listApplications(it.admin(), {})).rows[0]?.applicant.hostClientId).toBe('3');
});

test('reviewers have the answers that the settings keep', async () => {
  const replies = [{ title: 'No tax ID', text: 'Please send us your tax ID.' }];
  await save('applications', { replies });
  const reviewer = () => {
    const ctx = admin('ada');
    return { ...ctx, actor: { ...ctx.actor, permissions: new Set(['applications:review']) } } as ServiceContext;
  };
  expect((await listReplies(reviewer(), {})).rows).toEqual(replies);
  await save('applications', { replies: [] });
  expect((await listReplies(reviewer(), {})).rows).toEqual([]);
});
