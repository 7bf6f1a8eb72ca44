import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ownRows } from '../../tenant.ts';

const name = z.string().trim().min(1).max(200);

/** What entries of the activity log can be found by; filters add up. */
export const activityFilters = z.object({
  /** Id of who acted: admin:7, client:12, a key. */
  actorId: name.optional(),
  actorKind: z.enum(['admin', 'reseller', 'api_key', 'client', 'host', 'system']).optional(),
  /** The admin who acted while seeing a reseller's portal. */
  onBehalfBy: name.optional(),
  subjectType: name.optional(),
  subjectId: name.optional(),
  /** entity.past_tense; with a star at the end everything that begins so: `order.*`. */
  action: z
    .string()
    .regex(/^[a-z_]+\.([a-z_]+|\*)$/, 'Write it as order.paid, or order.* for all of orders.')
    .optional(),
  resellerId: name.optional(),
  requestId: name.optional(),
  /** Name of a changed field. */
  field: name.optional(),
  /** Moments, UTC: from is in, until is not. */
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
});
export type ActivityFilters = z.infer<typeof activityFilters>;

/** The filters as SQL. A reseller gets its own part, without what is internal to the provider. */
export function activityWhere(ctx: ServiceContext, filters: ActivityFilters): { where: string; parameters: unknown[] } {
  const where = ['true'];
  const parameters: unknown[] = [];
  const add = (sql: string, ...values: unknown[]) => {
    where.push(sql);
    parameters.push(...values);
  };
  const { resellerId } = ownRows(ctx);
  if (resellerId) add('a.reseller_id = ? and not a.internal', resellerId);
  if (filters.resellerId) add('a.reseller_id = ?', filters.resellerId);
  if (filters.actorId) add(`a.actor ->> 'id' = ?`, filters.actorId);
  if (filters.actorKind) add(`a.actor ->> 'kind' = ?`, filters.actorKind);
  if (filters.onBehalfBy) add(`a.actor ->> 'actingAdmin' = ?`, filters.onBehalfBy);
  if (filters.subjectType) add('a.subject_type = ?', filters.subjectType);
  if (filters.subjectId) add('a.subject_id = ?', filters.subjectId);
  if (filters.requestId) add('a.request_id = ?', filters.requestId);
  if (filters.from) add('a.at >= ?', filters.from);
  if (filters.until) add('a.at < ?', filters.until);
  if (filters.field) {
    add(`(jsonb_exists(a.before, ?) or jsonb_exists(a.after, ?))`, filters.field, filters.field);
  }
  if (filters.action?.endsWith('*')) {
    add('a.action like ?', `${filters.action.slice(0, -1).replaceAll('_', '\\_')}%`);
  } else if (filters.action) add('a.action = ?', filters.action);
  return { where: where.join(' and '), parameters };
}
