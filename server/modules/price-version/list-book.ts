import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { ServiceError } from '../../errors.ts';
import type { Product as PricingProduct } from '../../pricing/formats/catalogue.ts';
import { chargeKey } from '../../pricing/precedence.ts';
import { cursorPage, numberOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { Product } from '../catalogue/entity.ts';
import { componentTitle } from '../catalogue/reader.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { toMoment } from '../price-list/load-rules.ts';
import { type BookCell, bookCell, BookIndex, inCurrency, linesByKey } from './book-cell.ts';
import { bookHolder, holderInput } from './book-holder.ts';
import { pricerOf, termsOf } from './pricer.ts';
import { readGuard } from './risks.ts';
import { rulesOf } from './rules-of.ts';
import { findStaleOf } from './stale-books.ts';

/**
 * The price book of a reseller or tier in one currency as a grid: product by product in the host's order its lines, each
 * with a cell for every term of `terms` (null = not sold in it). Those are all that anything is sold in on the first page,
 * and on the pages after it their own. With `versionId`, as that draft would have it, each cell that it changes with what
 * was before. Lines that are sold in no term are left out. @throws not_found, prices_missing
 */
export const listBook = verb({
  procedure: 'prices.book',
  permission: 'prices:write',
  mode: 'read',
  input: holderInput.extend({
    currency: currencyCode,
    versionId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    /** Products on a page. */
    limit: z.int().min(1).max(500).default(100),
  }),
  run: async ({ em, now }, input) => {
    const holder = bookHolder(input);
    const meta = await loadCatalogue(em, []);
    if (!meta) throw new ServiceError('prices_missing', 'The catalogue has not been read from the host yet.');
    const { currency } = input;
    if (!meta.currencies.some(({ code }) => code === currency)) {
      throw new ServiceError('not_found', `The catalogue has no prices in ${currency}.`, '/currency');
    }
    const { moment, timeline, published, changes, rules } = await rulesOf({ em, now }, input.versionId);
    const terms = await termsOf(em, timeline, input.resellerId, input.tierId);
    const at = toMoment(moment);
    const [old, mine] = [published, rules].map((each) => ({
      index: new BookIndex(each, holder, currency, at),
      lines: pricerOf(meta, each, terms, moment).lines,
    })) as [Side, Side];
    const stale = await findStaleOf(em, now, holder, currency);

    const wanted: object[] = [{ removedAt: null, offered: true }];
    const total = await em.count(Product, { $and: wanted });
    const after = readCursor(input.cursor);
    if (after) {
      const position = numberOf(after);
      wanted.push({ $or: [{ position: { $gt: position } }, { position, id: { $gt: after.id } }] });
    }
    const found = await em.find(
      Product,
      { $and: wanted },
      { orderBy: { position: 'asc', id: 'asc' }, limit: input.limit + 1, disableIdentityMap: true },
    );
    const page = cursorPage(found, input.limit, total, ({ position, id }) => ({ key: String(position), id }));
    const products = page.rows.map(({ product }) => product as PricingProduct);
    const columns = after ? termsOn(products, currency) : await termsIn(em, currency);
    const changed = new Set(changes.map(({ id }) => id));
    const touched = new Set(
      [...published.books, ...rules.books].flatMap(({ id, product }) => (changed.has(id) ? product : [])),
    );
    return {
      currency,
      currencies: meta.currencies.map(({ code }) => code),
      terms: columns,
      /** A change of a price by more basis points than this asks once more. */
      limitBp: (await readGuard(em)).lineBp,
      total: page.total,
      cursor: page.cursor,
      rows: page.rows.map(({ id, groupId, product, display }) => ({
        product: id,
        title: display?.title ?? id,
        group: groupId,
        lines: gridLines(inCurrency(product as PricingProduct, currency), columns, {
          mine,
          old: touched.has(id) ? old : null,
          titleOf: (component) => componentTitle(display ?? null, component as never),
          staleOf: (rule, charge) => stale.get(`${rule} ${charge}`) ?? null,
        }),
      })),
    };
  },
});

interface Side {
  index: BookIndex;
  lines: ReturnType<typeof pricerOf>['lines'];
}

interface Look {
  mine: Side;
  old: Side | null;
  titleOf(component: PricingProduct['components'][number]): string;
  staleOf(ruleId: string, charge: string): string | null;
}

/** The lines of one product: each component's price and, where one exists, its setup fee. */
function gridLines(product: PricingProduct, terms: readonly string[], { mine, old, titleOf, staleOf }: Look) {
  const now = linesByKey(mine.lines(product));
  const before = old && linesByKey(old.lines(product));
  return product.components.flatMap((component) =>
    (['price', 'setup'] as const).flatMap((charge) => {
      const cells = terms.map((term): BookCell | null => {
        const [sample] = component.prices;
        const key = chargeKey(component.id, term, sample?.currency ?? '', charge);
        const line = now.get(key);
        if (!line) return null;
        const place = { product: product.id, component: component.id, term };
        const rule = mine.index.at(place);
        const oldLine = before?.get(key);
        const was = oldLine && old ? { rule: old.index.at(place), line: oldLine } : null;
        return bookCell(line, rule, was, rule && staleOf(rule.id, charge));
      });
      const sold = cells.some((cell) => cell !== null && (charge === 'price' || !/^0(\.0+)?$/.test(cell.retail)));
      const line = { component: component.id, title: titleOf(component), kind: component.kind, charge, cells };
      return sold || cells.some((cell) => cell?.fixed !== undefined) ? [line] : [];
    }),
  );
}

/** The terms of some products, for a page that follows. */
function termsOn(products: readonly PricingProduct[], currency: string): string[] {
  const prices = products.flatMap(({ components }) => components.flatMap((component) => component.prices));
  return [...new Set(prices.flatMap((price) => (price.currency === currency ? price.term : [])))];
}

/** The terms that anything is sold in, in no order. */
async function termsIn(em: EntityManager, currency: string): Promise<string[]> {
  const rows = await em.execute<{ term: string }[]>(
    `select distinct x ->> 'term' as term from catalogue_product p
      cross join lateral jsonb_path_query(p.product, '$.components[*].prices[*]') x
      where p.removed_at is null and p.offered and x ->> 'currency' = ? and x ->> 'price' is not null order by 1`,
    [currency],
  );
  return rows.map(({ term }) => term);
}
