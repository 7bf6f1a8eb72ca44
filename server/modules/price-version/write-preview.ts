import type { EntityManager } from '@mikro-orm/postgresql';
import type { LineFigures, PreviewGroup } from './preview-groups.ts';
import type { Monthly } from './preview-services.ts';

const BATCH = 500;

/** Inserts rows of a preview's table, named by their columns. */
export async function insertRows(
  em: EntityManager,
  table: 'product' | 'reseller' | 'service',
  rows: Record<string, unknown>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await em.execute(
      `insert into price_preview_${table} select * from jsonb_populate_recordset(null::price_preview_${table}, ?::jsonb)`,
      [JSON.stringify(rows.slice(start, start + BATCH))],
    );
  }
}

/** The products of a group that change. */
export function writeProducts(
  em: EntityManager,
  previewId: string,
  group: PreviewGroup,
  products: [string, LineFigures][],
): Promise<void> {
  return insertRows(
    em,
    'product',
    products.map(([product, figures]) => ({
      preview_id: previewId,
      group_number: group.number,
      product,
      lines_up: figures.up,
      lines_down: figures.down,
      lines_same: figures.same,
      below_floor: figures.belowFloor,
      below_cost: figures.belowCost,
      at_floor: figures.atFloor,
      largest_bp: figures.largestBp,
      largest: figures.largest,
      resellers: group.resellers.length,
    })),
  );
}

/** The resellers of a group; answers how many of them have no e-mail address for the notice. */
export async function writeResellers(
  em: EntityManager,
  previewId: string,
  group: PreviewGroup,
  figures: LineFigures,
  services: ReadonlyMap<string, number>,
  monthly: ReadonlyMap<string, Monthly>,
): Promise<number> {
  const found = await em.execute<{ id: string; company: string; email: string }[]>(
    'select id, company, email from reseller where id in (?)',
    [group.resellers],
  );
  await insertRows(
    em,
    'reseller',
    found.map(({ id, company, email }) => ({
      preview_id: previewId,
      reseller_id: id,
      group_number: group.number,
      company,
      has_email: email !== '',
      lines_up: figures.up,
      lines_down: figures.down,
      below_floor: figures.belowFloor,
      below_cost: figures.belowCost,
      at_floor: figures.atFloor,
      largest_bp: figures.largestBp,
      services: services.get(id) ?? 0,
      monthly: [...(monthly.get(id) ?? [])].map(([currency, { before, dearer, cheaper }]) => ({
        currency,
        before: before.toString(),
        dearer: dearer.toString(),
        cheaper: cheaper.toString(),
      })),
    })),
  );
  return found.filter(({ email }) => email === '').length;
}
