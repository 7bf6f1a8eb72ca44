import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { CallResponse } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { parseCatalogue } from '../../pricing/formats/catalogue.ts';
import { PricingError } from '../../pricing/errors.ts';
import { productText } from '../../pricing/slice-key.ts';
import { canonicalJson } from '../../pricing/canonical-json.ts';
import { sha256 } from '../../pricing/digest.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { keepRates } from '../currency/keep-rates.ts';
import { assignPrices } from '../price-list/assign.ts';
import { lockPrices } from '../price-list/lock.ts';
import { recompile } from '../price-list/recompile.ts';
import { alarmStaleBooks } from '../price-version/list-stale.ts';
import { CatalogueHead, Product } from './entity.ts';

type Answer = CallResponse<'catalogue.read'> & Pick<CallResponse<'describe'>, 'zone' | 'currency' | 'rates'>;

/**
 * Reads the host's catalogue, keeps what changed, and compiles exactly the price chunks that depend on it.
 * @throws host_unreachable, host_refused, bad_input when the catalogue is not usable (two prices for one term, say)
 */
export const syncCatalogue = verb({
  procedure: 'catalogue.sync',
  permission: 'settings:write',
  mode: 'write',
  input: z.object({}),
  prepare: async ({ host }): Promise<Answer> => {
    const [answer, { zone, currency, rates }] = await Promise.all([host['catalogue.read']({}), host.describe({})]);
    return { ...answer, zone, currency, rates };
  },
  run: async (ctx, _input, answer) => {
    await lockPrices(ctx.em);
    await ctx.em.execute(
      'update programme set billing_zone = ? where id = 1 and billing_zone <> ? and own_billing_zone is null',
      [answer.zone, answer.zone],
    );
    await keepRates(ctx, answer);
    const first = await keepHead(ctx, answer);
    const change = await keepProducts(ctx, answer);
    await ctx.em.flush();
    const written = first ? await assignPrices(ctx, null, { compile: 'here' }) : await recompile(ctx, change);
    if (change.changed.length > 0) await alarmStaleBooks(ctx);
    // What the service reads of its own accord is nobody's deed.
    if (ctx.actor.kind !== 'system') {
      record(ctx, {
        action: 'catalogue.read',
        subject: { type: 'catalogue', id: '1' },
        resellerId: null,
        after: { changed: change.changed.length, removed: change.removed.length },
      });
      await ctx.em.flush();
    }
    return {
      products: answer.catalogue.products.length,
      changed: change.changed.length,
      removed: change.removed.length,
      written,
    };
  },
});

/** True on the first reading, and when currencies changed, since their digits are in every chunk. */
async function keepHead({ em, now }: ServiceContext, { catalogue, display }: Answer): Promise<boolean> {
  const facts = {
    catalogueTax: catalogue.catalogueTax,
    setupPerQuantity: catalogue.setupPerQuantity,
    currencies: catalogue.currencies,
    groups: display.groups,
    readAt: now,
  };
  const head = await em.findOne(CatalogueHead, 1);
  if (head) em.assign(head, facts);
  else em.create(CatalogueHead, { id: 1, ...facts });
  return head === null;
}

async function keepProducts({ em, now }: ServiceContext, answer: Answer) {
  const catalogue = checked(answer.catalogue);
  const words = new Map(answer.display.products.map((product) => [product.id, product]));
  const held = new Map((await em.find(Product, {})).map((product) => [product.id, product]));
  const changed: string[] = [];
  for (const [position, product] of catalogue.products.entries()) {
    // The group is no part of a chunk but decides which rules reach it.
    const hash = sha256([productText(catalogue, product), '\n', product.group]);
    const facts = {
      groupId: product.group,
      offered: product.offered,
      product,
      display: words.get(product.id) ?? null,
      hash,
      position,
      removedAt: null,
    };
    const known = held.get(product.id);
    if (known?.hash !== hash || known.removedAt) changed.push(product.id);
    if (known) keepKnown(em, known, facts);
    else em.create(Product, { id: product.id, ...facts });
  }
  const present = new Set(catalogue.products.map(({ id }) => id));
  const removed = [...held.values()].filter((product) => !product.removedAt && !present.has(product.id));
  for (const product of removed) product.removedAt = now;
  return { changed, removed: removed.map(({ id }) => id) };
}

/**
 * Takes over what differs. JSON columns come back with their keys in another order, so they are compared by value here:
 * to the ORM every one of them would look changed, and each reading would rewrite the whole catalogue.
 */
function keepKnown(
  em: EntityManager,
  known: Product,
  facts: Pick<Product, 'groupId' | 'offered' | 'product' | 'display' | 'hash' | 'position' | 'removedAt'>,
): void {
  const { product, display, ...plain } = facts;
  if (known.hash !== facts.hash) known.product = product;
  if (canonicalJson(known.display ?? null) !== canonicalJson(display)) known.display = display;
  em.assign(known, plain);
}

function checked(catalogue: Answer['catalogue']) {
  try {
    return parseCatalogue(catalogue);
  } catch (error) {
    if (!(error instanceof PricingError)) throw error;
    throw new ServiceError('bad_input', `The host’s catalogue cannot be used: ${error.message}`, error.path);
  }
}
