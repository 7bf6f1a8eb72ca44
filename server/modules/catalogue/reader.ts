import type { EntityManager } from '@mikro-orm/postgresql';
import type { Catalogue, CatalogueDisplay } from '../../../hooks/contract/index.ts';
import { ServiceError } from '../../errors.ts';
import { CatalogueHead, Product } from './entity.ts';

export interface ViewProduct {
  id: string;
  group: string;
  offered: boolean;
  words: ProductWords | null;
  /** The products that this one is an add-on of: it is ordered with one of them. Null for what is ordered by itself. */
  addonTo: readonly string[] | null;
}

type ProductWords = CatalogueDisplay['products'][number];

/** What requests need of the catalogue besides prices: digits, tax mode, words. */
export interface CatalogueView {
  currencies: Catalogue['currencies'];
  tax: Catalogue['catalogueTax'];
  setupPerQuantity: boolean;
  groups: CatalogueDisplay['groups'];
  /** In the host's order; products that are not offered are among them. */
  products: ReadonlyMap<string, ViewProduct>;
}

/** Keeps the newest catalogue view in memory; `readAt` names its version, so that every process sees a change at once. */
export class CatalogueReader {
  #held: { readAt: string; view: CatalogueView } | null = null;

  /** @throws prices_missing before the catalogue was read for the first time */
  async view(em: EntityManager, readAt: string | null): Promise<CatalogueView> {
    if (readAt === null) {
      throw new ServiceError(
        'prices_missing',
        'The catalogue has not been read from the host yet. Try again in a minute.',
      );
    }
    if (this.#held?.readAt === readAt) return this.#held.view;
    const head = await em.findOneOrFail(CatalogueHead, 1);
    const rows = await em.find(
      Product,
      { removedAt: null },
      { orderBy: { position: 'asc', id: 'asc' }, fields: ['id', 'groupId', 'offered', 'display'] },
    );
    const addons = await em.execute<{ id: string }[]>(
      `select id from catalogue_product where removed_at is null and product @> '{"components": [{"kind": "addon"}]}'`,
    );
    const parents = new Map(addons.map(({ id }) => [id, [] as string[]]));
    for (const { id, display } of rows) for (const addon of display?.addons ?? []) parents.get(addon)?.push(id);
    const products = rows.map(({ id, groupId: group, offered, display }) => {
      const addonTo = parents.get(id) ?? [];
      return [
        id,
        { id, group, offered, words: display ?? null, addonTo: addonTo.length > 0 ? addonTo : null },
      ] as const;
    });
    const view = {
      currencies: head.currencies,
      tax: head.catalogueTax,
      setupPerQuantity: head.setupPerQuantity,
      groups: head.groups,
      products: new Map(products),
    };
    this.#held = { readAt, view };
    return view;
  }
}

/** A component in words: "Memory: 8 GB" for a choice, the option's title else; the id where the host gave no words. */
export function componentTitle(
  words: ProductWords | null,
  component: { id: string; option?: { id: string; type: string; choice?: string } | undefined },
): string {
  const { option } = component;
  if (!option) return component.id === 'base' ? (words?.title ?? component.id) : component.id;
  const named = words?.options.find(({ id }) => id === option.id);
  const choice = option.type === 'choice' ? named?.choices.find(({ id }) => id === option.choice)?.title : undefined;
  return choice ? `${named?.title}: ${choice}` : (named?.title ?? option.id);
}
