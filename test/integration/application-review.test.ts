import { getSettings } from '../../server/modules/settings/get.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, ServiceContext } from '../../server/context.ts';
import { listActivity } from '../../server/modules/activity/list.ts';
import { answerRequest } from '../../server/modules/application/answer.ts';
import { approveApplication } from '../../server/modules/application/approve.ts';
import { askForInformation } from '../../server/modules/application/ask.ts';
import { assignApplication } from '../../server/modules/application/assign.ts';
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
import { eraseReseller } from '../../server/modules/person/erase-reseller.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import { previewSettings } from '../../server/modules/settings/preview.ts';
import { applicationsOf, GOOD, later } from '../support/applications.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;

beforeAll(async () => {
  it = await startInstallation();
});
afterAll(() => it.stop());
const { save, client, admin, apply, formVersion, actions, reset } = applicationsOf(() => it);
beforeEach(() => reset());

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

test('a reviewer sees what the host knows now, and of a preview of the form how many answers a field has', async () => {
  const shipped = (await getSettings(it.admin(), { section: 'form' })).rows[0]!.values;
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
