import { sha256 } from '../server/pricing/digest.ts';
import type { Product as PricingProduct } from '../server/pricing/formats/catalogue.ts';
import { productText } from '../server/pricing/slice-key.ts';
import { Product } from '../server/modules/catalogue/entity.ts';
import { syncCatalogue } from '../server/modules/catalogue/sync.ts';
import { recompile } from '../server/modules/price-list/recompile.ts';
import type { Bench } from './support/bench.ts';
import {
  type CatalogueAnswer,
  CURRENCY_COUNT,
  makeCatalogue,
  OPTION_COUNT,
  productId,
  TERM_COUNT,
} from './support/catalogue.ts';
import { instantHost } from './support/host.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { figure, limited } from './support/line.ts';

const RESELLERS = 500;
const RULE_SETS = 20;

/** Compiling a large catalogue for many resellers on few rule sets, and what one changed price costs afterwards. */
export const compile: Bench = {
  name: 'compile',
  run: async ({ quick, database, say }) => {
    const products = quick ? 100 : 2000;
    const resellers = quick ? 50 : RESELLERS;
    const changes = quick ? 5 : 15;
    const readings = quick ? 2 : 3;
    say(`compile: ${resellers} resellers`);
    const catalogue = { current: makeCatalogue(products) };
    const installation = await openInstallation(await database('compile'), instantHost(catalogue));
    for (let index = 0; index < resellers; index += 1) {
      await installation.addReseller(`c${index}`, 500 + 100 * (index % RULE_SETS));
    }
    const size = `${products} products × ${TERM_COUNT} terms × ${CURRENCY_COUNT} currencies × ${OPTION_COUNT} options, ${resellers} resellers on ${RULE_SETS} rule sets`;
    say(`compile: ${size}`);
    const begin = performance.now();
    const { written } = await syncCatalogue(installation.system(), {});
    const seconds = (performance.now() - begin) / 1000;
    const stored = await storedBytes(installation);

    const once: number[] = [];
    const syncs: number[] = [];
    say('compile: changing one price at a time');
    for (let change = 0; change <= changes; change += 1) {
      const own = await timed(() => recompileOne(installation, catalogue.current, (change * 131) % products, change));
      // The first change finds nothing in memory yet.
      if (change > 0) once.push(own);
    }
    for (let change = 0; change < readings; change += 1) {
      raise(catalogue.current, (change * 137 + 1) % products, change);
      syncs.push(await timed(() => syncCatalogue(installation.system(), {})));
    }
    await installation.service.stop();
    const note = `${size}; ${written.chunks} chunks, ${written.pages} pages, ${written.lists} lists`;
    return [
      figure({ bench: 'compile.all', unit: 's', ours: [seconds], note }),
      figure({
        bench: 'compile.stored',
        unit: 'MB',
        ours: [stored / 1e6],
        note: 'tables with their indexes in PostgreSQL',
      }),
      limited({ bench: 'compile.one-price', unit: 'ms', ours: once, note: 'one product changed, every rule set' }, 50),
      figure({
        bench: 'compile.one-price.sync',
        unit: 'ms',
        ours: syncs,
        note: 'with reading and comparing the whole catalogue',
      }),
    ];
  },
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function storedBytes({ service }: Installation): Promise<number> {
  const tables = ['price_chunk', 'price_chunk_source', 'price_page', 'price_list', 'price_list_version'];
  const sizes = tables.map((table) => `pg_total_relation_size('${table}')`).join(' + ');
  const [row] = await service.orm.em.fork().execute<{ bytes: string }[]>(`select (${sizes})::text as bytes`);
  return Number(row?.bytes);
}

/** Another price for one term of the product's base. */
function raise({ catalogue }: CatalogueAnswer, index: number, change: number): PricingProduct {
  const product = catalogue.products.find(({ id }) => id === productId(index));
  const price = product?.components[0]?.prices[0];
  if (!product || !price) throw new RangeError(`There is no ${productId(index)}.`);
  price.price = `${200 + change}.50`;
  return product as PricingProduct;
}

/** What a catalogue event that names its product costs: store the product, bring every list in line, commit. */
async function recompileOne(
  { system }: Installation,
  answer: CatalogueAnswer,
  index: number,
  change: number,
): Promise<void> {
  const product = raise(answer, index, change);
  const ctx = system();
  await ctx.em.transactional(async (em) => {
    const held = await em.findOneOrFail(Product, product.id);
    em.assign(held, { product, hash: sha256([productText(answer.catalogue, product), '\n', product.group]) });
    await em.flush();
    const written = await recompile({ ...ctx, em }, { changed: [product.id], removed: [] });
    if (written.chunks !== RULE_SETS) throw new Error(`${written.chunks} chunks were written, not ${RULE_SETS}.`);
  });
}
