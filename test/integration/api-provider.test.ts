import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import { applyVersions } from '../../server/modules/price-version/apply.ts';
import { workOutPreview } from '../../server/modules/price-version/work-out-preview.ts';
import { raiseProblem } from '../../server/modules/problem/raise.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { saveDraft } from '../../server/modules/application/save-draft.ts';
import { submitApplication } from '../../server/modules/application/submit.ts';
import { adminPermissions, clientPermissions } from '../../server/permissions.ts';
import { type ApiClient, apiClient } from '../support/api.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { placeFor } from '../support/orders.ts';

let it: Installation;
let reseller: ResellerRow;
let api: ApiClient;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
  const { key } = await createKey(it.admin(), { name: 'Automation', scopes: [...adminPermissions] });
  api = await apiClient(it.serviceUrl, key);
});
afterAll(() => it.stop());

const ask: ApiClient['ask'] = (...asked) => api.ask(...asked);
/** Sends a change with the version that was answered last. */
async function change(method: string, path: string, seen: { body: { version: number } }, body?: object) {
  const more = body === undefined ? {} : { body };
  const answer = await ask(method, path, { ...more, 'if-match': `"${seen.body.version}"` });
  expect(answer.body, `${method} ${path}`).not.toHaveProperty('code');
  return answer;
}

/** An application that waits for review, by another client of the sandbox each time. */
async function apply(hostClientId: string) {
  const ctx = it.service.context({
    kind: 'client',
    id: `client:${hostClientId}`,
    name: 'Applicant',
    hostClientId,
    permissions: clientPermissions,
  });
  const answers = {
    businessName: 'Harbour GmbH',
    registrationNumber: 'HRB 1',
    taxId: 'DE 136695976',
    description: 'Shops',
  };
  const draft = await saveDraft(ctx, { version: null, answers });
  return submitApplication(ctx, { version: draft.version, formVersion: 1, answers });
}

test('applications are asked back, given to somebody, written to, rejected and approved', async () => {
  const { id } = await apply('2');
  expect((await ask('GET', '/applications?search=harbour')).body.data).toMatchObject([{ id }]);
  const [some, none] = [
    await ask('GET', '/applications?hasSignal=true'),
    await ask('GET', '/applications?hasSignal=false'),
  ];
  expect(some.body.total + none.body.total).toBe(1);
  const path = `/applications/${id}`;
  const seen = await ask('GET', path);
  expect(seen.headers.get('etag')).toBe(`"${seen.body.version}"`);
  const given = await change('POST', `${path}/assign`, seen, { to: { id: 'admin:1', name: 'Ada' } });
  expect(await ask('POST', `${path}/reject`, { body: {}, 'if-match': '"99"' })).toMatchObject({ status: 400 });
  const stale = { body: { message: 'No', reason: 'no' }, 'if-match': seen.headers.get('etag') };
  expect(await ask('POST', `${path}/reject`, stale)).toMatchObject({
    status: 412,
    body: { code: 'version_mismatch' },
  });
  expect((await ask('POST', `${path}/messages`, { body: { kind: 'note', body: 'Looks fine' } })).status).toBe(201);
  const asked = await change('POST', `${path}/ask`, given, { message: 'Which servers?', fields: ['description'] });
  expect(asked.body.status).toBe('info_requested');
  const rejected = await change('POST', `${path}/reject`, asked, { message: 'Not now', reason: 'small' });
  expect(rejected.body.status).toBe('rejected');
  expect((await ask('GET', path)).body).toMatchObject({ thread: [{ kind: 'note' }, {}, {}] });

  const other = await apply('3');
  const approved = await change('POST', `/applications/${other.id}/approve`, { body: other }, { tierId: 'silver' });
  expect(approved.body).toMatchObject({ status: 'approved', resellerId: expect.stringMatching(/^rs_/) });
  expect(await ask('GET', `/resellers/${approved.body.resellerId}`)).toMatchObject({
    body: { tier: { id: 'silver' }, status: 'active' },
  });
  expect(api.unanswered(['Applications'])).toEqual([]);
});

test('resellers are made, filed, priced, pinned, noted and suspended', async () => {
  const made = await ask('POST', '/resellers', { body: { hostClientId: '2', company: 'Two', tierId: 'bronze' } });
  expect(made.status).toBe(201);
  const path = `/resellers/${made.body.id}`;
  expect((await ask('GET', '/resellers?tierId=bronze&sort=-createdAt&apiEnabled=true')).body.data).toHaveLength(1);
  const profile = await ask('GET', `${path}/profile`);
  await change('PATCH', `${path}/profile`, profile, { manager: 'Ada', tags: ['north'] });
  expect((await ask('GET', `${path}/profile`)).body).toMatchObject({ manager: 'Ada', tags: ['north'] });
  const terms = { tierId: 'gold', ownDiscountBp: 2600 };
  const raised = await change('POST', `${path}/terms`, await ask('GET', path), terms);
  expect(raised.body).toMatchObject({ tier: { id: 'gold' }, effectiveDiscountBp: 2600 });
  expect((await change('POST', `${path}/pin`, raised, { pinned: true })).body.pinned).toBe(true);
  await ask('POST', `${path}/notes`, { body: { text: 'Pays late' } });
  expect((await ask('GET', `${path}/notes`)).body.data).toMatchObject([{ text: 'Pays late' }]);
  const suspended = await change('POST', `${path}/status`, await ask('GET', path), {
    status: 'suspended',
    publicReason: 'Call us',
  });
  expect(suspended.body).toMatchObject({ status: 'suspended', publicReason: 'Call us' });
  expect(api.unanswered(['Resellers'])).toEqual([]);
});

test('tiers are added, changed, ordered and removed', async () => {
  const made = await ask('POST', '/tiers', { body: { name: 'Titanium', discountBp: 3200, minRevenue: '90000.00' } });
  expect(made.body).toMatchObject({ discountBp: 3200, minRevenue: '90000.00', version: 1 });
  const path = `/tiers/${made.body.id}`;
  const changed = await change('PUT', path, made, { name: 'Titan', discountBp: 3300 });
  expect(changed.body).toMatchObject({ name: 'Titan', minRevenue: null });
  const { tiers } = (await ask('GET', '/tiers')).body;
  const ids = tiers.map(({ id }: { id: string }) => id);
  expect((await ask('POST', '/tiers/order', { body: { ids } })).body.ids).toEqual(ids);
  expect((await change('POST', `${path}/remove`, changed, {})).body).toEqual({
    id: made.body.id,
    deleted: true,
    moved: 0,
  });
  expect(api.unanswered(['Tiers'])).toEqual([]);
});

test('a price version is drafted, previewed, published and withdrawn, and prices are looked up', async () => {
  const gold = { for: { tier: 'gold' }, on: { product: 'vps-s' }, bp: 2500, kinds: null, from: null, until: null };
  const draft = async (name: string) => {
    const made = await ask('POST', '/price-versions', { body: { name } });
    const path = `/price-versions/${made.body.id}`;
    const changes = [{ kind: 'discount', after: gold }];
    return { path, saved: await change('POST', `${path}/changes`, made, { changes }) };
  };
  const { path, saved } = await draft('Spring');
  const terms = { name: 'Spring', running: 'keep', noticeDays: 30, reason: null };
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const timed = await change('PUT', path, saved, { ...terms, effectiveAt: later });
  const started = await change('POST', `${path}/preview`, timed);
  await workOutPreview(it.system(), { previewId: started.body.id });
  const preview = await ask('GET', `/price-previews/${started.body.id}`);
  expect(preview.body).toMatchObject({ state: 'done', outdated: false, summary: { resellers: expect.any(Number) } });
  expect((await ask('GET', path)).body).toMatchObject({ errors: [], preview: { state: 'done' }, changes: 1 });
  const published = await change('POST', `${path}/publish`, timed, { confirmName: 'Spring' });
  expect(published.body.state).toBe('scheduled');
  await applyVersions(it.system());
  const withdrawn = await change('POST', `${path}/withdraw`, await ask('GET', path), { reason: 'typing error' });
  expect(withdrawn.body.state).toBe('withdrawn');
  const second = await draft('Summer');
  expect((await change('POST', `${second.path}/discard`, second.saved)).body.state).toBe('discarded');
  expect((await ask('GET', '/price-versions?state=withdrawn')).body.data).toMatchObject([{ name: 'Spring' }]);

  const rules = await ask('GET', `/price-rules?kind=discount&versionId=${second.saved.body.id}&limit=5`);
  expect(rules.body.programme.discountBp).toBeTypeOf('number');
  const prices = await ask('GET', `/prices?currency=USD&resellerId=${reseller.id}&search=vps-s&term=1M`);
  expect(prices.body.data[0].lines).toContainEqual(
    expect.objectContaining({ component: 'base', charge: 'price', source: 'tier_rate', bp: 2000 }),
  );
  expect(api.unanswered(['Prices'])).toEqual([]);
});

test('problems are taken on and closed, differences repaired, and the log tells who did', async () => {
  await raiseProblem(it.system(), { key: 'test:1', message: 'Something is off', severity: 'warning' });
  const [found] = (await ask('GET', '/problems?severity=warning')).body.data;
  const path = `/problems/${found.id}`;
  const taken = await change('POST', `${path}/acknowledge`, { body: found }, { note: 'mine' });
  expect(taken.body.state).toBe('acknowledged');
  expect((await change('POST', `${path}/resolve`, taken, {})).body.state).toBe('resolved');

  const placed = await placeFor(it.as(reseller));
  const [shop, staff] = [await it.login('reseller'), await it.login('admin')];
  await shop.ok('POST', `/api/invoices/${placed.hostInvoiceId}/pay`);
  await it.settle();
  const [service] = (await ask('GET', `/services?resellerId=${reseller.id}`)).body.data;
  const detail = await ask('GET', `/services/${service.id}`);
  const [{ host_service_id: serviceId } = { host_service_id: '' }] = await it
    .admin()
    .em.execute<{ host_service_id: string }[]>('select host_service_id from service where id = ?', [service.id]);
  expect(detail.body.actions).toContainEqual(expect.objectContaining({ action: 'assign_customer' }));
  await staff.ok('POST', '/api/test/edit-price', { serviceId, recurring: '15.00' });
  const run = await ask('POST', '/reconcile', { 'idempotency-key': 'reconcile-tonight' });
  expect(run.body.differences).toMatchObject([{ kind: 'recurring_changed', amount: '2.60', currency: 'USD' }]);
  const [{ id }] = (await ask('GET', `/differences?resellerId=${reseller.id}`)).body.data;
  expect((await ask('POST', `/differences/${id}/repair`)).body.status).toBe('repaired');
  expect((await ask('GET', '/activity?action=problem.resolved')).body.data).toMatchObject([
    { actor: { kind: 'api_key' } },
  ]);
  expect(api.unanswered(['Operation'])).toEqual([]);
});

test('a customer is linked to a client of the host', async () => {
  const { key } = await createKey(it.admin(), {
    name: 'ERP',
    resellerId: reseller.id,
    scopes: ['customers:read', 'customers:write'],
  });
  const made = await ask('POST', '/customers', { as: key, body: { name: 'Ines', email: 'ines@example.org' } });
  const path = `/customers/${made.body.id}/host-client`;
  const refused = { as: key, body: { hostClientId: null }, 'if-match': '"1"' };
  expect((await ask('POST', path, refused)).status).toBe(403);
  expect((await change('POST', path, made, { hostClientId: null })).body.hostClientId).toBeNull();
});
