import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { raiseProblem } from '../problem/raise.ts';
import { countStaleBooks, countStaleByHolder, findStaleBooks } from './stale-books.ts';

/** Fixed prices that retail left behind: what retail was when each was set, and what it is now. */
export const listStaleBooks = verb({
  procedure: 'prices.staleBooks',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  run: async ({ em, now }, { cursor, limit }) => {
    const found = await findStaleBooks(em, now, readCursor(cursor)?.id ?? '', limit + 1);
    const rows = found.map((cell) => ({
      id: cell.id,
      resellerId: cell.reseller_id,
      tierId: cell.tier_id,
      product: cell.product,
      component: cell.component,
      term: cell.term,
      currency: cell.currency,
      price: cell.price,
      setup: cell.setup,
      retailWhenSet: { price: cell.retail_price, setup: cell.retail_setup },
      retailNow: { price: cell.now_price, setup: cell.now_setup },
    }));
    return cursorPage(rows, limit, await countStaleBooks(em, now), ({ id }) => ({ key: id, id }));
  },
});

/** Says that fixed prices are right although retail moved: they are measured by today's retail from now on. @throws not_found */
export const acceptStaleBooks = verb({
  procedure: 'prices.acceptStaleBooks',
  permission: 'prices:publish',
  mode: 'write',
  input: z.object({ ids: z.array(z.string().max(60)).min(1).max(500) }),
  run: async (ctx, { ids }) => {
    const { em } = ctx;
    const rows = await em.execute<{ id: string }[]>(
      `update price_book_cell b set
         retail_price = case when b.price is null then null else x ->> 'price' end,
         retail_setup = case when b.setup is null then null else x ->> 'setup' end
         from catalogue_product p
         cross join lateral jsonb_array_elements(p.product -> 'components') as c
         cross join lateral jsonb_array_elements(c -> 'prices') as x
        where p.id = b.product and c ->> 'id' = b.component and x ->> 'term' = b.term and x ->> 'currency' = b.currency
          and b.id in (?) returning b.id`,
      [ids],
    );
    if (rows.length < new Set(ids).size) {
      throw new ServiceError(
        'not_found',
        'One of these fixed prices is gone, or its product is. Load them again.',
        '/ids',
      );
    }
    record(ctx, {
      action: 'price_book.accepted',
      subject: { type: 'price_book', id: ids[0] ?? '' },
      resellerId: null,
      after: { ids },
    });
    return { accepted: rows.length };
  },
});

/** Puts price books that retail left behind before the admin's eyes: one problem a book. After the catalogue changed. */
export async function alarmStaleBooks(ctx: ServiceContext): Promise<void> {
  for (const { holder, name, n } of await countStaleByHolder(ctx.em, ctx.now)) {
    await raiseProblem(ctx, {
      key: `price_book.stale:${holder}`,
      severity: 'warning',
      message: `Retail moved, but ${n} fixed price(s) of the price book of ${name} did not.`,
    });
  }
}
