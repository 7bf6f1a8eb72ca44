import { z } from 'zod';
import { minorUnits } from '../../../hooks/prices/money.ts';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Catalogue } from '../../pricing/formats/catalogue.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { OwnPriceRule } from './entity.ts';
import { headForChange, loadOwnRules } from './load.ts';
import { type OwnRuleInput, ownRuleInput } from './schemas.ts';

const MOST_RULES = 5000;

/**
 * Changes the acting reseller's own rules: those with an id are replaced, others added, `removals` go. One rule for each
 * scope, so that the order of entry never matters. @throws not_found, conflict, bad_input with the place in the input
 */
export const saveOwnRules = verb({
  procedure: 'ownPrices.save',
  permission: 'selling:write',
  mode: 'write',
  input: z.object({
    version: z.int().min(0),
    rules: z.array(ownRuleInput).max(2000, 'save at most 2,000 rules at once').default([]),
    removals: z.array(z.string().max(60)).max(2000).default([]),
  }),
  run: async (ctx, input) => {
    const { em, now } = ctx;
    const resellerId = actingReseller(ctx);
    const head = await headForChange(ctx, resellerId, input.version);
    const before = new Map((await loadOwnRules(em, resellerId)).map((rule) => [rule.id, rule]));
    const catalogue = await loadCatalogue(em);
    if (!catalogue) throw new ServiceError('prices_missing', 'The catalogue has not been read from the host yet.');
    for (const [index, rule] of input.rules.entries()) checkRule(catalogue, rule, before, `/rules/${index}`);
    const unknown = input.removals.findIndex((id) => !before.has(id));
    if (unknown >= 0) throw new ServiceError('not_found', 'There is no such rule.', `/removals/${unknown}`);

    const rules = input.rules.map((rule) => ({ ...rule, id: rule.id ?? newId('opr') }));
    const after = new Map(before);
    for (const id of input.removals) after.delete(id);
    for (const rule of rules) after.set(rule.id, rule);
    refuseDoubles([...after.values()], rules);
    if (after.size > MOST_RULES) throw new ServiceError('bad_input', `Keep at most ${MOST_RULES} rules.`, '/rules');

    await em.nativeDelete(OwnPriceRule, { resellerId, id: { $in: input.removals } });
    await em.upsertMany(
      OwnPriceRule,
      rules.map(({ group, ...rule }) => ({ ...rule, groupId: group, resellerId, changedAt: now })),
    );
    const touched = [...input.removals, ...rules.map(({ id }) => id)];
    record(ctx, {
      action: 'own_price.changed',
      subject: { type: 'own_price_list', id: resellerId },
      resellerId,
      before: touched.flatMap((id) => before.get(id) ?? []),
      after: { rules, removals: input.removals },
    });
    await em.flush();
    return { version: head.version, rules: [...after.values()] };
  },
});

/** @throws not_found, bad_input */
function checkRule(catalogue: Catalogue, rule: OwnRuleInput, known: ReadonlyMap<string, unknown>, path: string): void {
  const refuse = (field: string, message: string): never => {
    throw new ServiceError('bad_input', message, `${path}/${field}`);
  };
  // A foreign id is answered like an unknown one.
  if (rule.id !== undefined && !known.has(rule.id)) {
    throw new ServiceError('not_found', 'There is no such rule.', `${path}/id`);
  }
  const product = catalogue.products.find(({ id }) => id === rule.product);
  if (rule.product !== null && !product) refuse('product', `There is no product "${rule.product}".`);
  if (rule.component !== null && !product?.components.some(({ id }) => id === rule.component)) {
    refuse('component', `The product "${rule.product}" has no component "${rule.component}".`);
  }
  if (rule.group !== null && !catalogue.products.some(({ group }) => group === rule.group)) {
    refuse('group', `There is no product group "${rule.group}".`);
  }
  if (rule.currency === null) return;
  const digits = catalogue.currencies.find(({ code }) => code === rule.currency)?.digits;
  if (digits === undefined) return refuse('currency', `Nothing is sold in ${rule.currency}.`);
  for (const field of ['amount', 'setup'] as const) {
    const text = rule[field];
    if (text === null) continue;
    const minor = minorUnits(text, digits);
    if (minor === null) refuse(field, `${text} ${rule.currency} has more than ${digits} decimal digits.`);
    if (minor !== null && minor < 0n && rule.method === 'fixed') refuse(field, 'A price is not below zero.');
  }
}

type Scope = Pick<OwnRuleInput, 'product' | 'component' | 'group' | 'term' | 'currency'>;

function refuseDoubles(all: readonly (Scope & { id: string })[], saved: readonly { id: string }[]): void {
  const seen = new Map<string, string>();
  for (const { id, product, component, group, term, currency } of all) {
    const key = JSON.stringify([product, component, group, term, currency]);
    const other = seen.get(key);
    if (other === undefined) {
      seen.set(key, id);
      continue;
    }
    const index = saved.findIndex((rule) => rule.id === id || rule.id === other);
    throw new ServiceError(
      'bad_input',
      'You have a rule for exactly this already. Change that one.',
      `/rules/${index}`,
    );
  }
}
