import { getSettings } from '../../server/modules/settings/get.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { saveDraft } from '../../server/modules/application/save-draft.ts';
import { submitApplication } from '../../server/modules/application/submit.ts';
import { addNote } from '../../server/modules/note/add.ts';
import { collectNotices } from '../../server/modules/notice/collect.ts';
import { saveOwnRules } from '../../server/modules/own-price/save-rules.ts';
import { createDraft } from '../../server/modules/price-version/create-draft.ts';
import { getPreview } from '../../server/modules/price-version/get-preview.ts';
import { saveChanges } from '../../server/modules/price-version/save-changes.ts';
import { startPreview } from '../../server/modules/price-version/start-preview.ts';
import { raiseProblem } from '../../server/modules/problem/raise.ts';
import { getProfile } from '../../server/modules/profile/get.ts';
import { updateProfile } from '../../server/modules/profile/update.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { clientPermissions } from '../../server/permissions.ts';
import { type Ids, ownEverything } from './api-world.ts';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';
import { hostInvoice, pay, tell } from './invoices.ts';
import { vpsLine } from './orders.ts';

/** An installation in which every screen has something to show. */
export interface LivedIn {
  reseller: ResellerRow;
  /** Suspended, with a name as long as companies have them. */
  suspended: ResellerRow;
  /** Something of the reseller, and of the provider, by the word before its id in a path. */
  ids: Ids;
}

const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => `${new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 19)}Z`;

/** Nothing listens there: deliveries fail, and nobody outside is called. */
const DEAD_ENDPOINT = 'http://127.0.0.1:9/hook';

/** What an installation must be started with to be filled. */
export const LIVED_IN = { workers: true, webhooksAllowPrivate: true } as const;

/** Fills a fresh installation: a year of revenue in two currencies, money that is late, work for the provider. */
export async function liveIn(it: Installation): Promise<LivedIn> {
  const reseller = await it.makeReseller();
  const { ids } = await ownEverything(it, reseller, 'reseller', DEAD_ENDPOINT);
  const { serviceId, orderId } = await drift(it);
  const suspended = await suspendOne(it);
  await spendAndOwe(it);
  const application = await apply(it);
  const version = await draftPrices(it);
  await raiseProblem(it.system(), { key: 'a', message: 'Webhooks of two resellers fail.', severity: 'danger' });
  await addNote(it.admin(), {
    resellerId: reseller.id,
    text: 'Asked for a better price on VPS in June.',
    pinned: true,
  });
  const profile = await getProfile(it.as(reseller), {});
  const wanted = { company: 'Northwind Resale AG', version: profile.version };
  await updateProfile(it.as(reseller), wanted);
  await saveOwnRules(it.as(reseller), { version: 0, rules: [{ method: 'markup', bp: 3000 }] });
  await (await it.login('reseller')).ok('POST', '/api/tickets', { subject: 'Slow disk', message: 'Since yesterday.' });
  await it.settle();
  await collectNotices(it.system());
  return {
    reseller,
    suspended,
    ids: { ...ids, applications: application, versions: version, hostOrders: orderId, hostServices: serviceId },
  };
}

/** A service whose renewal somebody changed at the host, and a comparison that found it. */
async function drift(it: Installation): Promise<{ orderId: string; serviceId: string }> {
  const [shop, staff] = await Promise.all([it.login('reseller'), it.login('admin')]);
  const { orderId, invoiceId } = await shop.buy([vpsLine]);
  await shop.pay(invoiceId);
  await it.settle();
  const invoice = await shop.ok<{ lines: { kind: string; serviceId: string }[] }>('GET', `/api/invoices/${invoiceId}`);
  const { serviceId } = invoice.lines.find(({ kind }) => kind === 'product')!;
  await staff.ok('POST', '/api/test/edit-price', { serviceId, recurring: '15.00' });
  await runReconcile(it.admin(), {});
  return { orderId, serviceId };
}

async function suspendOne(it: Installation): Promise<ResellerRow> {
  const { id, version } = await createReseller(it.admin(), {
    hostClientId: '3',
    company: 'Süddeutsche Rechenzentrums- und Hostinggesellschaft Obermayer mbH & Co. KG',
    tierId: 'platinum',
  });
  const reasons = { publicReason: 'Invoice 42 is unpaid since March.', note: 'Waits for a call.' };
  return setStatus(it.admin(), { id, version, status: 'suspended', ...reasons });
}

async function spendAndOwe(it: Installation): Promise<void> {
  for (let month = 0; month < 12; month += 1) {
    for (const [clientId, currency, net] of [
      ['1', 'USD', `${1240 + month * 97}.50`],
      ['1', 'EUR', `${310 + month * 12}.00`],
      ['3', 'USD', `${880 - month * 41}.25`],
    ] as const) {
      const issuedAt = daysAgo(2 + month * 30);
      const invoice = hostInvoice({ id: `${clientId}-${currency}-${month}`, clientId, currency, net, issuedAt });
      await pay(it, invoice, issuedAt);
    }
  }
  for (const [id, clientId, days] of [
    ['late', '1', 20],
    ['later', '3', 95],
  ] as const) {
    const dueOn = daysAgo(days).slice(0, 10);
    await tell(it, hostInvoice({ id, clientId, net: '412.00', issuedAt: daysAgo(days + 14), dueOn }));
  }
}

/** The client who is no reseller applies. */
async function apply(it: Installation): Promise<string> {
  const settings = (await getSettings(it.admin(), { section: 'applications' })).rows[0]!;
  const values = { open: true, countries: [], reapplyDays: 30, automatic: { mode: 'off' } };
  await updateSettings(it.admin(), { section: 'applications', version: settings.version, values });
  const who = { kind: 'client', id: 'client:2', name: 'Carl Meyer', hostClientId: '2' } as const;
  const client = it.service.context({ ...who, permissions: clientPermissions });
  const { version } = await saveDraft(client, { version: null, answers: {} });
  const form = (await getSettings(it.admin(), { section: 'form' })).rows[0]!;
  const answers = {
    businessName: 'Northwind Resales GmbH',
    registrationNumber: 'HRB 12345',
    taxId: 'DE 136695976',
    description:
      'Shops on small servers for breweries, bakeries and everybody else who would rather bake than administer.',
  };
  return (await submitApplication(client, { version, formVersion: form.version, answers })).id;
}

/** A draft with its preview. */
async function draftPrices(it: Installation): Promise<string> {
  const { id, version } = await createDraft(it.admin(), { name: 'Spring prices' });
  const always = { from: null, until: null };
  const after = { for: { tier: 'gold' }, on: { product: 'vps-s' }, bp: 2250, kinds: null, ...always };
  const saved = await saveChanges(it.admin(), { id, version, changes: [{ kind: 'discount', after }] });
  const preview = await startPreview(it.admin(), { id, version: saved.version });
  await eventually(async () => (await getPreview(it.admin(), { id: preview.id })).state === 'done');
  return id;
}
