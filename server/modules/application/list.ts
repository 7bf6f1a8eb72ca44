import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { cursorPage, likePattern, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { countryCode } from '../settings/sections/applications.ts';
import { Application } from './entity.ts';
import { type ReviewRow, reviewRow } from './row.ts';
import { applicationStatus, matchLevels, type MatchReason } from './schemas.ts';

const views = {
  review: "a.status in ('submitted', 'answered')",
  waiting: "a.status = 'info_requested'",
  decided: "a.status in ('approved', 'rejected', 'withdrawn', 'expired')",
  all: "a.status <> 'draft'",
} as const;
type View = keyof typeof views;

/** Column, direction, and the row's value in it. Moments are compared to the millisecond, as they are written. */
const sorts = {
  waitingSince: { column: 'a.waiting_since', direction: 'asc', key: (row: ReviewRow) => row.waitingSince },
  '-waitingSince': { column: 'a.waiting_since', direction: 'desc', key: (row: ReviewRow) => row.waitingSince },
  businessName: {
    column: 'lower(a.business_name)',
    direction: 'asc',
    key: (row: ReviewRow) => row.businessName.toLowerCase(),
  },
  '-businessName': {
    column: 'lower(a.business_name)',
    direction: 'desc',
    key: (row: ReviewRow) => row.businessName.toLowerCase(),
  },
} as const;

const input = z.object({
  view: z.enum(['review', 'waiting', 'decided', 'all']).default('review'),
  status: z
    .array(applicationStatus.exclude(['draft']))
    .max(8)
    .default([]),
  country: z.array(countryCode).max(250).default([]),
  /** "me", "nobody", or the id of a member of the staff. */
  assigned: z.string().max(120).optional(),
  hasSignal: z.boolean().optional(),
  /** Submitted in [from, until). */
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  search: z.string().trim().max(100).optional(),
  /** Those of this client of the host. */
  hostClientId: z.string().max(120).optional(),
  sort: z.enum(['waitingSince', '-waitingSince', 'businessName', '-businessName']).default('waitingSince'),
  cursor: z.string().max(400).optional(),
  limit: z.int().min(1).max(100).default(25),
});

/** Applications for reviewers: the queue, oldest first, with signals; the other views; and how many each view holds. */
export const listApplications = verb({
  procedure: 'applications.list',
  permission: 'applications:read',
  mode: 'read',
  input,
  run: async (ctx, wanted) => {
    const { em } = ctx;
    const { column, direction, key } = sorts[wanted.sort];
    const { filters, parameters } = filtersOf(ctx, wanted);
    const where = [views[wanted.view], ...filters];
    const [count] = await em.execute<{ total: number }[]>(
      `select count(*)::int as total from application a where ${where.join(' and ')}`,
      parameters,
    );
    const after = readCursor(wanted.cursor);
    const page = after ? [...where, `(${column}, a.id) ${direction === 'asc' ? '>' : '<'} (?, ?)`] : where;
    const ids = await em.execute<{ id: string }[]>(
      `select a.id from application a where ${page.join(' and ')} order by ${column} ${direction}, a.id ${direction} limit ?`,
      [...parameters, ...(after ? [after.key, after.id] : []), wanted.limit + 1],
    );
    const rows = await rowsOf(
      em,
      ids.map(({ id }) => id),
    );
    return {
      ...cursorPage(rows, wanted.limit, count?.total ?? 0, (row) => ({ key: key(row), id: row.id })),
      views: await countViews(em),
    };
  },
});

function filtersOf({ actor }: ServiceContext, wanted: z.output<typeof input>) {
  const filters: string[] = [];
  const parameters: unknown[] = [];
  const add = (filter: string, ...values: unknown[]) => {
    filters.push(filter);
    parameters.push(...values);
  };
  if (wanted.status.length > 0) add('a.status in (?)', wanted.status);
  if (wanted.country.length > 0) add('a.country in (?)', wanted.country);
  if (wanted.assigned === 'nobody') add('a.assigned_to is null');
  else if (wanted.assigned !== undefined)
    add('a.assigned_to = ?', wanted.assigned === 'me' ? actor.id : wanted.assigned);
  if (wanted.hasSignal !== undefined) {
    add(
      `${wanted.hasSignal ? '' : 'not '}(a.tax_id_check = 'wrong' or exists
        (select 1 from application_match m where m.application_id = a.id and m.dismissed_at is null))`,
    );
  }
  if (wanted.from) add('a.submitted_at >= ?', new Date(wanted.from));
  if (wanted.until) add('a.submitted_at < ?', new Date(wanted.until));
  if (wanted.hostClientId) add('a.host_client_id = ?', wanted.hostClientId);
  if (wanted.search) {
    add(
      `(lower(a.business_name || ' ' || a.applicant_name || ' ' || a.applicant_email) like lower(?) or a.host_client_id = ? or a.id = ?)`,
      likePattern(wanted.search),
      wanted.search,
      wanted.search,
    );
  }
  return { filters, parameters };
}

/** Rows in the order of their ids, each with its signals: what is like another record, and the tax ID's check. */
async function rowsOf(em: EntityManager, ids: string[]) {
  if (ids.length === 0) return [];
  const found = new Map((await em.find(Application, { id: { $in: ids } })).map((one) => [one.id, one]));
  const signals = await em.execute<{ application_id: string; reason: MatchReason; n: number }[]>(
    `select application_id, reason, count(*)::int as n from application_match
      where application_id in (?) and dismissed_at is null group by application_id, reason order by reason`,
    [ids],
  );
  return ids.flatMap((id) => {
    const application = found.get(id);
    if (!application) return [];
    const own = signals.filter((signal) => signal.application_id === id);
    return {
      ...reviewRow(application),
      signals: own.map(({ reason, n }) => ({ reason, level: matchLevels[reason], count: n })),
    };
  });
}

async function countViews(em: EntityManager): Promise<Record<View, number>> {
  const [row] = await em.execute<Record<View, number>[]>(
    `select ${Object.entries(views)
      .map(([view, filter]) => `coalesce(sum(n) filter (where ${filter}), 0)::int as "${view}"`)
      .join(', ')} from (select status, count(*) as n from application group by status) a`,
  );
  return row ?? { review: 0, waiting: 0, decided: 0, all: 0 };
}
