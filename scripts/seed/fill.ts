import type { EntityManager } from '@mikro-orm/postgresql';
import type { Orm } from '../../server/platform/database/orm.ts';
import { revenue, shared } from './money.ts';
import { holdings, resellers } from './people.ts';
import type { Size } from './size.ts';

/** Triggers that count each row: rebuild_figures() counts all of them at the end instead. */
const COUNTED: Record<string, string> = {
  service: 'service_count_new',
  customer: 'customer_count_new',
  reseller_order: 'order_count_new',
  invoice: 'invoice_account_new',
};
/** Written in bulk: their indexes are made once they are full. */
const FILLED = [
  ...Object.keys(COUNTED),
  'ledger',
  'price_lock',
  'activity',
  'notice',
  'account_entry',
  'statement',
  'revenue_rollup',
  'revenue_month',
];
const STEPS = 20;

/**
 * Fills an empty, migrated database with a network of this size: all of it or, when something fails, nothing. Everybody
 * has about equally much, over 1,000 days. `say` hears how far it is.
 * @throws Error where a programme is already
 */
export async function fill(orm: Orm, size: Size, say: (words: string) => void): Promise<void> {
  const { resellers: count, ...rest } = size;
  if (Object.values(rest).some((each) => each < count)) {
    throw new Error('There must be at least as many customers, services and ledger lines as resellers.');
  }
  await orm.em.fork().transactional(async (em) => {
    await em.execute('lock table reseller in share row exclusive mode');
    await refuseUnlessEmpty(em);
    // A sort for each aggregate: rows of ten million in a hash do not fit in memory.
    await em.execute(
      `set local work_mem = '128MB'; set local maintenance_work_mem = '512MB'; set local plan_cache_mode = force_custom_plan`,
    );
    for (const [table, trigger] of Object.entries(COUNTED))
      await em.execute(`alter table ${table} disable trigger ${trigger}`);
    const indexes = await dropIndexes(em);
    for (const sql of resellers(size)) await em.execute(sql);
    const steps = Math.min(STEPS, count);
    const bounds = Array.from({ length: steps + 1 }, (_, step) => Math.floor((step * count) / steps));
    const began = Date.now();
    for (const part of [holdings, revenue]) {
      for (let step = 0; step < steps; step++) {
        for (const sql of part(size, bounds[step]! + 1, bounds[step + 1]!)) await em.execute(sql);
        say(`${part.name}: ${step + 1} of ${steps} parts, ${Math.round((Date.now() - began) / 1000)} s`);
      }
      // Revenue looks its services up.
      if (part === holdings) await em.execute('analyze');
    }
    for (const [at, index] of indexes.entries()) {
      await em.execute(index);
      say(`indexes: ${at + 1} of ${indexes.length}, ${Math.round((Date.now() - began) / 1000)} s`);
    }
    await em.execute('analyze');
    // Figures join the facts of a reseller with as many rates: row by row that is the square of them.
    await em.execute('set local enable_hashagg = off; set local enable_nestloop = off');
    for (const [at, sql] of shared.entries()) {
      await em.execute(sql);
      say(`figures: ${at + 1} of ${shared.length}, ${Math.round((Date.now() - began) / 1000)} s`);
    }
    for (const [table, trigger] of Object.entries(COUNTED))
      await em.execute(`alter table ${table} enable trigger ${trigger}`);
  });
  say('cleaning up');
  await orm.em.fork().execute('vacuum analyze');
}

/** @throws Error for a database that is in use */
async function refuseUnlessEmpty(em: EntityManager): Promise<void> {
  const [row] = await em.execute<{ used: boolean }[]>(
    `select exists (select from reseller) or exists (select from application) or exists (select from ledger)
         or exists (select from host_pairing) or exists (select from invoice) as used`,
  );
  if (row?.used) {
    throw new Error('This database holds an installation already. Give an empty one: nothing was changed.');
  }
}

/** Drops what can be made again, and answers the statements that do. */
async function dropIndexes(em: EntityManager): Promise<string[]> {
  const found = await em.execute<{ name: string; definition: string }[]>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i where i.indrelid in (select x::regclass from unnest(array[?]) x)
        and not exists (select from pg_constraint c where c.conindid = i.indexrelid) and not i.indisprimary order by 1`,
    [FILLED],
  );
  for (const { name } of found) await em.execute(`drop index ${name}`);
  return found.map(({ definition }) => definition);
}
