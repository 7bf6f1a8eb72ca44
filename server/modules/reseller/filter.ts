import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { likePattern } from '../../paging.ts';
import { resellerStatus } from './schemas.ts';

/** Which resellers are meant: the filters of their list, its totals and of changes to many at once. */
export const resellerFilter = z.object({
  search: z.string().max(100).optional(),
  /** The one that is this client of the host. */
  hostClientId: z.string().max(120).optional(),
  status: resellerStatus.optional(),
  tierId: z.string().max(60).optional(),
  standing: z.enum(['holding', 'upgrade_ready', 'at_risk', 'pinned']).optional(),
  country: z.string().length(2).optional(),
  tag: z.string().max(60).optional(),
  manager: z.string().max(200).optional(),
  apiEnabled: z.boolean().optional(),
  /** With unpaid invoices whose due day is more than so many days ago. */
  overdueDays: z.int().min(0).max(3650).optional(),
  /** With prices of its own in a price book. */
  hasPriceBook: z.boolean().optional(),
  /** Made a reseller at or after this moment. */
  since: z.iso.datetime().optional(),
  /** The last 30 days are at least this much below the 30 before, in the given currency; 2500 = 25 %. */
  falling: z.object({ currency: currencyCode, bp: z.int().min(1).max(10_000) }).optional(),
});
export type ResellerFilter = z.infer<typeof resellerFilter>;

/** The filter as conditions over RESELLER_TABLES, with their parameters. */
export function filterSql(filter: ResellerFilter): { where: string; parameters: unknown[] } {
  const conditions = ['true'];
  const parameters: unknown[] = [];
  const add = (condition: string, ...values: unknown[]): void => {
    conditions.push(condition);
    parameters.push(...values);
  };
  if (filter.search) {
    const pattern = likePattern(filter.search);
    add('(r.company ilike ? or r.email ilike ? or r.host_client_id = ?)', pattern, pattern, filter.search);
  }
  if (filter.hostClientId) add('r.host_client_id = ?', filter.hostClientId);
  if (filter.status) add('r.status = ?', filter.status);
  if (filter.tierId) add('r.tier_id = ?', filter.tierId);
  if (filter.standing) add(`coalesce(s.standing, 'holding') = ?`, filter.standing);
  if (filter.country) add('f.country = ?', filter.country);
  if (filter.tag) add('f.tags @> ?::jsonb', JSON.stringify([filter.tag]));
  if (filter.manager) add('f.manager = ?', filter.manager);
  if (filter.apiEnabled !== undefined) add('r.api_enabled = ?', filter.apiEnabled);
  if (filter.overdueDays !== undefined) {
    add(
      `exists (select from invoice i where i.reseller_id = r.id and i.status = 'unpaid'
                 and i.due_on < (select billing_day(now())) - ?::integer)`,
      filter.overdueDays,
    );
  }
  if (filter.hasPriceBook !== undefined) {
    add(`exists (select from price_book_cell b where b.reseller_id = r.id) = ?`, filter.hasPriceBook);
  }
  if (filter.since) add('r.created_at >= ?', filter.since);
  if (filter.falling) {
    add(
      `exists (select from reseller_total z where z.reseller_id = r.id and z.currency = ? and z.previous > 0
                 and z.recent * 10000 <= z.previous * (10000 - ?::integer))`,
      filter.falling.currency,
      filter.falling.bp,
    );
  }
  return { where: conditions.join(' and '), parameters };
}
