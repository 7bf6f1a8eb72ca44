import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerRequest } from '../../server/modules/application/answer.ts';
import { approveApplication } from '../../server/modules/application/approve.ts';
import { askForInformation } from '../../server/modules/application/ask.ts';
import { checkTaxNumber } from '../../server/modules/application/check-tax-id.ts';
import { getApplication } from '../../server/modules/application/get.ts';
import { getOwnApplication } from '../../server/modules/application/get-own.ts';
import { listApplications } from '../../server/modules/application/list.ts';
import { rejectApplication } from '../../server/modules/application/reject.ts';
import { saveDraft } from '../../server/modules/application/save-draft.ts';
import { submitApplication } from '../../server/modules/application/submit.ts';
import { withdrawApplication } from '../../server/modules/application/withdraw.ts';
import { getProfile } from '../../server/modules/profile/get.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import { previewSettings } from '../../server/modules/settings/preview.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import { HostError } from '../../hooks/contract/index.ts';
import { applicationsOf, GOOD, later } from '../support/applications.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;

beforeAll(async () => {
  it = await startInstallation();
});
afterAll(() => it.stop());
const { save, client, admin, apply, formVersion, actions, reset } = applicationsOf(() => it);
beforeEach(() => reset());

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
