import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listActivity } from '../../server/modules/activity/list.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { applyBulkChange } from '../../server/modules/bulk/apply.ts';
import { previewBulkChange } from '../../server/modules/bulk/preview.ts';
import { addNote } from '../../server/modules/note/add.ts';
import { editNote } from '../../server/modules/note/edit.ts';
import { listNotes } from '../../server/modules/note/list.ts';
import { eraseReseller } from '../../server/modules/person/erase-reseller.ts';
import { exportOwnData } from '../../server/modules/person/export-own.ts';
import { exportResellerData } from '../../server/modules/person/export-reseller.ts';
import { decideProfileChange } from '../../server/modules/profile/decide-change.ts';
import { getProfile } from '../../server/modules/profile/get.ts';
import { listProfileChanges } from '../../server/modules/profile/list-changes.ts';
import { updateProfile } from '../../server/modules/profile/update.ts';
import { withdrawProfileChange } from '../../server/modules/profile/withdraw-change.ts';
import { getResellerDetails } from '../../server/modules/reseller/details.ts';
import { listResellers } from '../../server/modules/reseller/list.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { updateReseller } from '../../server/modules/reseller/update.ts';
import { getTask } from '../../server/modules/task/get.ts';
import { listTaskRows } from '../../server/modules/task/list-rows.ts';
import { listTasks } from '../../server/modules/task/list.ts';
import { become, type Programme, startProgramme } from '../support/programme.ts';
import { finished } from '../support/tasks.ts';

const NOW = '2027-03-10T12:00:00Z';
let it: Programme;

beforeAll(async () => {
  it = await startProgramme(NOW);
});
afterAll(() => it.stop());

describe('company data', () => {
  test('unchecked fields change at once, checked ones when they are approved', async () => {
    const reseller = await it.newReseller({ company: 'Before' });
    const { version } = await getProfile(it.as(reseller), {});
    const asked = await updateProfile(it.as(reseller), { version, company: 'After', taxId: 'DE1', phone: '123' });
    expect(asked).toMatchObject({ company: 'Before', taxId: null, phone: '123' });
    expect(asked.pending?.fields).toEqual({
      company: { from: 'Before', to: 'After' },
      taxId: { from: null, to: 'DE1' },
    });
    await expect(updateProfile(it.as(reseller), { version, phone: '9' })).rejects.toMatchObject({
      code: 'version_mismatch',
    });
    const { rows } = await listProfileChanges(it.admin(), { resellerId: reseller.id });
    expect(rows).toMatchObject([{ company: 'Before', status: 'pending' }]);
    const decision = { id: rows[0]!.id, version: rows[0]!.version, approve: true };
    const both = await Promise.allSettled([
      decideProfileChange(it.admin(), decision),
      decideProfileChange(it.admin(), { ...decision, approve: false, reason: 'No' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(decideProfileChange(it.admin(), decision)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a rejection needs its reason, which the reseller sees; a second wish replaces the first; it can be taken back', async () => {
    const [reseller, other] = [await it.newReseller(), await it.newReseller()];
    const first = await updateProfile(it.as(reseller), { version: 1, country: 'DE' });
    const second = await updateProfile(it.as(reseller), { version: first.version, country: 'AT' });
    const change = second.pending!;
    const decision = { id: change.id, version: change.version, approve: false };
    await expect(decideProfileChange(it.admin(), decision)).rejects.toMatchObject({ path: '/reason' });
    await decideProfileChange(it.admin(), { ...decision, reason: 'Send us a proof' });
    expect(await getProfile(it.as(reseller), {})).toMatchObject({
      country: null,
      pending: null,
      decided: { status: 'rejected', reason: 'Send us a proof' },
    });
    const third = await updateProfile(it.as(reseller), { version: second.version, country: 'CH' });
    for (const id of [third.pending!.id, 'pch_unknown']) {
      await expect(withdrawProfileChange(it.as(other), { id })).rejects.toMatchObject({ code: 'not_found' });
    }
    await withdrawProfileChange(it.as(reseller), { id: third.pending!.id });
    await expect(withdrawProfileChange(it.as(reseller), { id: third.pending!.id })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('a change that was overtaken is not put over the newer value', async () => {
    const reseller = await it.newReseller();
    const { pending, version } = await updateProfile(it.as(reseller), { version: 1, taxId: 'OLD' });
    await updateReseller(it.admin(), { id: reseller.id, version, taxId: 'NEW' });
    const decision = { id: pending!.id, version: pending!.version, approve: true };
    await expect(decideProfileChange(it.admin(), decision)).rejects.toMatchObject({ code: 'conflict' });
    expect((await getResellerDetails(it.admin(), { id: reseller.id })).taxId).toBe('NEW');
  });

  test('the provider sets account and company; of two admins one is told; manager and tags stay inside', async () => {
    const reseller = await it.newReseller();
    const change = { id: reseller.id, version: 1, manager: 'Ada', tags: ['vip', 'vip'], company: 'Renamed' };
    await updateReseller(it.admin(), change);
    await expect(updateReseller(it.admin(), { ...change, company: 'Other' })).rejects.toMatchObject({
      code: 'version_mismatch',
    });
    const details = await getResellerDetails(it.admin(), { id: reseller.id });
    expect(details).toMatchObject({ company: 'Renamed', manager: 'Ada', tags: ['vip'] });
    expect((await listResellers(it.admin(), { tag: 'vip' })).rows.map(({ id }) => id)).toEqual([reseller.id]);
    const own = JSON.stringify((await listActivity(it.as(reseller), {})).rows);
    expect(own).toContain('Renamed');
    expect(own).not.toMatch(/Ada|vip/);
    expect(JSON.stringify(await getProfile(it.as(reseller), {}))).not.toMatch(/Ada|vip/);
    await expect(
      updateReseller(it.admin(), { id: reseller.id, version: details.version, currency: 'GBP' }),
    ).rejects.toMatchObject({ path: '/currency' });
    await updateReseller(it.admin(), { id: reseller.id, version: details.version, currency: 'EUR', apiEnabled: false });
    expect(await it.row(reseller.id)).toMatchObject({ currency: 'EUR', apiEnabled: false });
  });
});

describe('notes', () => {
  test('are for the provider alone, edited by their author for 15 minutes, pinned ones first', async () => {
    const reseller = await it.newReseller();
    const first = await addNote(it.admin(), { resellerId: reseller.id, text: 'Pays late', pinned: true });
    it.setClock('2027-03-10T12:05:00Z');
    await addNote(it.admin(), { resellerId: reseller.id, text: 'Called' });
    const edited = await editNote(it.admin(), { id: first.id, version: first.version, text: 'Pays very late' });
    const somebody = it.admin();
    somebody.actor = { ...somebody.actor, id: 'admin:2' } as typeof somebody.actor;
    await expect(editNote(somebody, { id: first.id, version: edited.version, text: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    it.setClock('2027-03-10T12:15:01Z');
    await expect(editNote(it.admin(), { id: first.id, version: edited.version, text: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const page = await listNotes(it.admin(), { resellerId: reseller.id, limit: 1 });
    expect(page.rows.map(({ text }) => text)).toEqual(['Pays very late']);
    const next = await listNotes(it.admin(), { resellerId: reseller.id, limit: 1, cursor: page.cursor! });
    expect(next.rows.map(({ text }) => text)).toEqual(['Called']);
    const traces = await it.sql(
      `select after::text from activity where reseller_id = ? or after::text like '%late%' and subject_type <> 'reseller'
       union all select payload::text from outbox`,
      [reseller.id],
    );
    expect(JSON.stringify(traces)).not.toMatch(/late|Called|reseller_note/);
    await expect(listNotes(it.as(reseller), { resellerId: reseller.id })).rejects.toMatchObject({ code: 'forbidden' });
    it.setClock(NOW);
  });
});

describe('many at once', () => {
  test('the dry run changes nothing; applying does what it said, and refuses who moved meanwhile', async () => {
    const made = [];
    for (const company of ['Bulk A', 'Bulk B', 'Bulk C', 'Bulk D']) made.push(await it.newReseller({ company }));
    const [a, b, c, d] = made as [ResellerRow, ResellerRow, ResellerRow, ResellerRow];
    await become(it, c, 'terminated');
    const { version } = await it.row(d.id);
    await setTerms(it.admin(), { id: d.id, version, tierId: 'gold', ownDiscountBp: null });
    const selection = { filter: { search: 'Bulk ' } };
    const preview = await previewBulkChange(it.admin(), { selection, change: { kind: 'tier', tierId: 'gold' } });
    await expect(applyBulkChange(it.admin(), { previewId: preview.id })).rejects.toMatchObject({ code: 'conflict' });
    const shown = await finished(it, preview);
    expect(shown).toMatchObject({
      status: 'ready',
      done: 4,
      total: 4,
      result: { would_change: 2, unchanged: 1, refused: 1 },
    });
    const { rows } = await listTaskRows(it.admin(), { id: preview.id, limit: 1 });
    expect(rows).toMatchObject([
      {
        subjectId: a.id,
        outcome: 'would_change',
        detail: { before: 'bronze', after: 'gold', discountBp: { before: 1000, after: 2000 } },
      },
    ]);
    expect((await it.row(a.id)).tier.id).toBe('bronze');

    const moved = await it.row(b.id);
    await setTerms(it.admin(), { id: b.id, version: moved.version, tierId: 'silver', ownDiscountBp: null });
    const task = await applyBulkChange(it.admin(), { previewId: preview.id });
    await expect(applyBulkChange(it.admin(), { previewId: preview.id })).rejects.toMatchObject({ code: 'conflict' });
    expect((await finished(it, task)).result).toMatchObject({ total: 2, changed: 1, refused: 1 });
    await finished(it, task);
    expect((await it.row(a.id)).tier.id).toBe('gold');
    expect((await it.row(b.id)).tier.id).toBe('silver');
    const entries = await it.sql<{ actor: { id: string } }>(
      `select actor from activity where reseller_id = ? and action = 'reseller.terms_changed'`,
      [a.id],
    );
    expect(entries).toMatchObject([{ actor: { id: 'admin:test' } }]);
  });

  test.each([
    ['a discount', { kind: 'discount', ownDiscountBp: 1234 }, { ownDiscountBp: 1234, effectiveDiscountBp: 1234 }],
    ['a suspension', { kind: 'status', status: 'suspended', publicReason: 'Maintenance' }, { status: 'suspended' }],
    ['a pin', { kind: 'pin', pinned: true }, { standing: 'pinned' }],
    ['tags', { kind: 'tags', add: ['new'], remove: [] }, { tags: ['new'] }],
    ['a manager', { kind: 'manager', manager: 'Ada' }, { manager: 'Ada' }],
    ['the API switch', { kind: 'api', apiEnabled: false }, { apiEnabled: false }],
  ] as const)('%s', async (_name, change, after) => {
    const [one, other] = [await it.newReseller(), await it.newReseller()];
    const selection = { ids: [one.id, other.id] };
    const preview = await previewBulkChange(it.admin(), { selection, change: structuredClone(change) as never });
    expect((await finished(it, preview)).result).toMatchObject({ would_change: 2 });
    const task = await applyBulkChange(it.admin(), { previewId: preview.id });
    expect((await finished(it, task)).result).toMatchObject({ changed: 2 });
    for (const { id } of [one, other]) expect(await it.row(id)).toMatchObject(after);
  });

  test('a task is found again by whoever may see it, and by nobody else', async () => {
    const reseller = await it.newReseller();
    const selection = { ids: [reseller.id] };
    const task = await previewBulkChange(it.admin(), { selection, change: { kind: 'api', apiEnabled: true } });
    expect((await listTasks(it.admin(), { kind: task.kind })).rows[0]).toMatchObject({ id: task.id, status: 'queued' });
    for (const who of [it.as(reseller), it.admin(['customers:read'])]) {
      await expect(getTask(who, { id: task.id })).rejects.toMatchObject({ code: 'not_found' });
      expect((await listTasks(who, {})).rows).toEqual([]);
    }
  });
});

describe('a person’s data', () => {
  test('the export holds what is known; the reseller’s own leaves the provider’s notes out', async () => {
    const [reseller, other] = [await it.newReseller({ company: 'Exported' }), await it.newReseller()];
    await createCustomer(it.as(reseller), { name: 'Ines Weber', email: 'ines@example.org' });
    await createCustomer(it.as(other), { name: 'Somebody Else', email: 'else@example.org' });
    await addNote(it.admin(), { resellerId: reseller.id, text: 'Secret remark' });
    const full = await finished(it, await exportResellerData(it.admin(), { id: reseller.id }));
    for (const word of ['Ines Weber', 'Secret remark']) expect(JSON.stringify(full.result)).toContain(word);
    const task = await exportOwnData(it.as(reseller), {});
    await finished(it, task);
    const own = JSON.stringify(await getTask(it.as(reseller), { id: task.id }));
    expect(own).toContain('Ines Weber');
    expect(own).not.toMatch(/Secret remark|Somebody Else/);
    await expect(getTask(it.as(other), { id: task.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('erasing takes names and free text of a terminated reseller and its customers; its money stays', async () => {
    const reseller = await it.newReseller({ company: 'Erasable' });
    await createCustomer(it.as(reseller), { name: 'Ines Weber', email: 'ines@example.org' });
    await updateReseller(it.admin(), { id: reseller.id, version: 1, phone: '0123', contacts: [{ name: 'Jo' }] });
    await addNote(it.admin(), { resellerId: reseller.id, text: 'Secret remark' });
    await it.pay(reseller, { net: '42.00' });
    await it.serve(reseller, 'erase-1', 'active');
    const erase = async (confirm = 'Erasable') => {
      const { version } = await it.row(reseller.id);
      return eraseReseller(it.admin(), { id: reseller.id, version, confirm });
    };
    await expect(erase()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Terminate') });
    await become(it, reseller, 'terminated');
    await expect(erase()).rejects.toMatchObject({ message: expect.stringContaining('services') });
    await it.serve(reseller, 'erase-1', 'cancelled');
    await expect(erase('erasable')).rejects.toMatchObject({ path: '/confirm' });
    await erase();
    await expect(erase((await it.row(reseller.id)).company)).rejects.toMatchObject({ code: 'conflict' });
    const left = await it.sql(
      `select json_build_array(
         (select json_agg(r) from reseller r where id = ?), (select json_agg(c) from customer c where reseller_id = ?),
         (select json_agg(p) from reseller_profile p where reseller_id = ?), (select json_agg(n) from reseller_note n where reseller_id = ?),
         (select json_agg(i) from invoice i where reseller_id = ?)) as data`,
      Array.from({ length: 5 }, () => reseller.id),
    );
    expect(JSON.stringify(left)).not.toMatch(/Erasable|Weber|ines@|0123|Jo|Secret/);
    expect((await it.row(reseller.id)).revenue).toEqual([{ currency: 'USD', amount: '42.00' }]);
  });
});
