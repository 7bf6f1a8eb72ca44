import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { companyOf, differences, type Held, loadProfile, putCompany, type Wanted } from '../profile/load.ts';
import { companyFields } from '../profile/schemas.ts';

const tag = z.string().trim().min(1, 'write the tag').max(60);
/** What only the provider sets. */
export const accountFields = z.object({
  currency: currencyCode,
  apiEnabled: z.boolean(),
  paymentMethod: z.string().max(120).nullable(),
  manager: z.string().trim().max(200).nullable(),
  tags: z.array(tag).max(50),
});
export type AccountFields = z.infer<typeof accountFields>;

/**
 * Changes a reseller's company data and account as the provider: nothing waits for a check. Switching the API off
 * refuses its keys from now on. @throws not_found, conflict, bad_input
 */
export const updateReseller = verb({
  procedure: 'resellers.update',
  permission: 'resellers:write',
  mode: 'write',
  input: companyFields
    .extend(accountFields.shape)
    .partial()
    .extend({
      id: z.string().max(60),
      /** The profile's, as `resellers.details` answers it. */
      version: z.int(),
    }),
  run: async (ctx, { id, version, currency, apiEnabled, paymentMethod, manager, tags, ...company }) => {
    const held = await loadProfile(ctx.em, id, version);
    const given = Object.entries({ currency, apiEnabled, paymentMethod, manager, tags });
    await changeAccount(ctx, held, Object.fromEntries(given.filter(([, value]) => value !== undefined)), company);
    return { id, version: held.profile.version };
  },
});

/** The same inside another change. @throws bad_input for a currency in which nothing is sold */
export async function changeAccount(
  ctx: ServiceContext,
  held: Held,
  account: Partial<AccountFields>,
  company: Wanted = {},
): Promise<void> {
  const { em } = ctx;
  const { reseller, profile } = held;
  if (account.currency !== undefined && account.currency !== reseller.currency) {
    const [sold] = await em.execute<{ sold: boolean }[]>(
      `select exists (select from catalogue, jsonb_array_elements(currencies) c where c ->> 'code' = ?) as sold`,
      [account.currency],
    );
    if (!sold?.sold) {
      throw new ServiceError(
        'bad_input',
        `Nothing is sold in ${account.currency}. Add it in the host first.`,
        '/currency',
      );
    }
  }
  const wanted = { ...account, ...(account.tags ? { tags: [...new Set(account.tags)] } : {}) };
  const before = {
    currency: reseller.currency,
    apiEnabled: reseller.apiEnabled,
    paymentMethod: profile.paymentMethod ?? null,
    manager: profile.manager ?? null,
    tags: profile.tags,
  };
  const changedCompany = differences(companyOf(held), company);
  const changed = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof AccountFields]),
  );
  const all = { ...companyOf(held), ...before };
  const names = [...Object.keys(changedCompany), ...changed.map(([name]) => name)];
  if (names.length === 0) return;
  const { currency, apiEnabled, ...rest } = wanted;
  putCompany(held, changedCompany, ctx.now);
  em.assign(reseller, { ...(currency ? { currency } : {}), ...(apiEnabled === undefined ? {} : { apiEnabled }) });
  em.assign(profile, rest);
  // Tags and manager are the provider's own matters: the reseller's part of the log leaves them out.
  const inner = new Set(['tags', 'manager']);
  const write = (fields: string[], internal: boolean): void => {
    if (fields.length === 0) return;
    const after: Record<string, unknown> = { ...changedCompany, ...wanted };
    record(ctx, {
      action: internal ? 'reseller.filed' : 'reseller.updated',
      subject: { type: 'reseller', id: reseller.id },
      resellerId: reseller.id,
      before: Object.fromEntries(fields.map((name) => [name, all[name as keyof typeof all]])),
      after: Object.fromEntries(fields.map((name) => [name, after[name]])),
      internal,
    });
  };
  write(
    names.filter((name) => !inner.has(name)),
    false,
  );
  write(
    names.filter((name) => inner.has(name)),
    true,
  );
  await em.flush();
}
