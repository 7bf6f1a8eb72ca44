import type { CatalogueDisplay } from '../../contract/index.ts';
import type { HostProduct } from './answers.ts';
import { ADDON_GROUP } from './catalogue.ts';
import { tldsOf, type Shop } from './shop.ts';

type DisplayProduct = CatalogueDisplay['products'][number];

/** The words of the catalogue for screens: its groups, products and add-ons, and what an order of each must name. */
export function fossbillingDisplay({ products }: Shop): CatalogueDisplay {
  const groups = new Map<string, string>();
  const shown = new Map<string, DisplayProduct>();
  for (const product of products) {
    groups.set(groupOf(product), cut(product.category?.title ?? 'Products'));
    for (const entry of productWords(product)) shown.set(entry.id, entry);
  }
  for (const addon of products.flatMap((product) => product.addons ?? [])) {
    groups.set(ADDON_GROUP, 'Add-ons');
    if (!shown.has(String(addon.id))) shown.set(String(addon.id), words(addon));
  }
  return {
    groups: [...groups].map(([id, title]) => ({ id, title })),
    products: [...shown.values()],
  };
}

function productWords(product: HostProduct): DisplayProduct[] {
  if (product.type !== 'domain') return [words(product)];
  return tldsOf(product).map(({ tld = '' }) => ({
    id: `domain:${tld}`,
    title: tld,
    description: null,
    addons: [],
    needs: 'domain',
    options: [],
  }));
}

function words({ id, title, description, addons, type }: HostProduct): DisplayProduct {
  return {
    id: String(id),
    title: cut(title ?? String(id)),
    description: description?.slice(0, 2000) ?? null,
    addons: (addons ?? []).map((addon) => String(addon.id)),
    needs: type === 'hosting' ? 'domain' : null,
    options: [],
  };
}

function groupOf(product: HostProduct): string {
  return String(product.product_category_id ?? 'none');
}

function cut(text: string): string {
  return text.slice(0, 200);
}
