import { createKey } from '../../server/modules/api-key/create.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { createDraft } from '../../server/modules/price-version/create-draft.ts';
import { raiseProblem } from '../../server/modules/problem/raise.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { listServices } from '../../server/modules/service/list.ts';
import { closeStatements } from '../../server/modules/statement/close.ts';
import { createWebhook } from '../../server/modules/webhook/create.ts';
import { testWebhook } from '../../server/modules/webhook/test-event.ts';
import { adminPermissions, resellerPermissions } from '../../server/permissions.ts';
import type { Installation } from './installation.ts';
import { placeFor, vpsLine } from './orders.ts';

/** Ids of one reseller by the word before them in the API's paths, and by the names of fields that hold them. */
export type Ids = Record<string, string>;

/**
 * Something of everything for a reseller that was made with this host client. Where workers deliver, the endpoint must be
 * one of this machine.
 */
export async function ownEverything(
  it: Installation,
  reseller: ResellerRow,
  login: 'reseller' | 'client',
  endpoint = 'https://8.8.8.8/hook',
): Promise<{ key: string; ids: Ids }> {
  const ctx = () => it.as(reseller);
  const scopes = [...resellerPermissions];
  const { key } = await createKey(it.admin(), { name: 'ERP', resellerId: reseller.id, scopes });
  const spare = await createKey(it.admin(), { name: 'Spare', resellerId: reseller.id, scopes });
  const customer = await createCustomer(ctx(), { name: 'Ines', email: 'ines@example.org' });
  const placed = await placeFor(ctx(), { customerId: customer.id });
  await (await it.login(login)).ok('POST', `/api/invoices/${placed.hostInvoiceId}/pay`);
  await it.settle();
  const [service] = (await listServices(ctx(), {})).rows;
  const webhook = await createWebhook(ctx(), { url: endpoint });
  const { deliveryId } = await testWebhook(ctx(), { id: webhook.id });
  await closeStatements({ ...it.system(), now: new Date(Date.now() + 32 * 86_400_000) });
  const [statement] = await it
    .system()
    .em.execute<{ id: string }[]>('select id from statement where reseller_id = ?', [reseller.id]);
  return {
    key,
    ids: {
      resellers: reseller.id,
      customers: customer.id,
      orders: placed.id,
      invoices: placed.hostInvoiceId!,
      services: service!.id,
      webhooks: webhook.id,
      deliveries: deliveryId,
      keys: spare.id,
      statements: statement!.id,
    },
  };
}

/** Fields that hold ids, by the word before such an id in a path. */
export const idFields: Record<string, string> = {
  customerId: 'customers',
  before: 'customers',
  orderId: 'orders',
  resellerId: 'resellers',
  keyId: 'keys',
};

/** What the provider owns. */
export async function provide(it: Installation): Promise<{ key: string; ids: Ids }> {
  const { key } = await createKey(it.admin(), { name: 'Automation', scopes: [...adminPermissions] });
  const draft = await createDraft(it.admin(), { name: 'Draft' });
  await raiseProblem(it.system(), { key: 'test:1', message: 'Something is off', severity: 'warning' });
  const [problem] = await it.system().em.execute<{ id: string }[]>('select id from problem limit 1');
  return { key, ids: { 'price-versions': draft.id, tiers: 'bronze', problems: problem!.id } };
}

/** A quote and what it is for. */
export async function quoted(it: Installation, reseller: ResellerRow) {
  const order = { currency: 'USD', lines: [vpsLine] };
  return { ...order, quote: (await createQuote(it.as(reseller), order)).quote };
}
