import type { EntityManager } from '@mikro-orm/postgresql';
import { Programme } from '../programme/entity.ts';
import { filterSql } from '../reseller/filter.ts';
import { RESELLER_TABLES } from '../reseller/find-rows.ts';
import type { TaskHandler } from '../task/run.ts';
import { Tier } from '../tier/entity.ts';
import { type Facts, plan } from './plan.ts';
import { bulkInput, type BulkSelection } from './schemas.ts';
import { catchUp } from '../figures/catch-up.ts';

const BATCH = 200;

/** The dry run: a row for each reseller with what would change, in batches; writes nothing else. */
export const runBulkPreview: TaskHandler = async (ctx, task) => {
  const em = ctx.em.fork();
  const { selection, change } = bulkInput.parse(task.input);
  const found = await findFacts(em, selection);
  const tiers = await em.find(Tier, {});
  const { discountBp } = await em.findOneOrFail(Programme, 1);
  const counts = { would_change: 0, unchanged: 0, refused: 0 };
  // A run that was cut short begins anew: nothing but these rows came of it.
  await em.execute('delete from task_row where task_id = ?', [task.id]);
  for (let from = 0; from < found.length; from += BATCH) {
    const rows = found.slice(from, from + BATCH).map(({ id, ...facts }, index) => {
      const { detail, outcome, message } = plan(facts, change, tiers, discountBp);
      counts[outcome] += 1;
      return { position: from + index, subject_id: id, detail, outcome, message };
    });
    await em.execute(
      `insert into task_row (task_id, position, subject_id, detail, outcome, message)
       select ?, x.* from jsonb_to_recordset(?::jsonb)
         as x(position integer, subject_id text, detail jsonb, outcome text, message text)`,
      [task.id, JSON.stringify(rows)],
    );
    await task.progress(Math.min(from + BATCH, found.length), found.length);
  }
  return { change, total: found.length, ...counts };
};

async function findFacts(em: EntityManager, selection: BulkSelection): Promise<(Facts & { id: string })[]> {
  await catchUp(em);
  const { where, parameters } =
    'ids' in selection ? { where: 'r.id in (?)', parameters: [selection.ids] } : filterSql(selection.filter);
  const rows = await em.execute<(Omit<Facts, 'versions'> & { id: string; version: number; profile: number })[]>(
    `select r.id, r.company, r.status, r.tier_id as "tierId", r.own_discount_bp as "ownDiscountBp", r.api_enabled as "apiEnabled",
            s.pinned_at is not null as pinned, coalesce(f.tags, '[]') as tags, f.manager, r.version, coalesce(f.version, 1) as profile
       from ${RESELLER_TABLES} where ${where} order by lower(r.company), r.id`,
    parameters,
  );
  return rows.map(({ version, profile, ...facts }) => ({ ...facts, versions: { reseller: version, profile } }));
}
