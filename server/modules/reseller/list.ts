import { z } from 'zod';
import { verb } from '../../verb.ts';
import { cursorPage, likePattern, readCursor } from '../../paging.ts';
import { findResellerRows } from './find-rows.ts';
import { resellerStatus } from './schemas.ts';

const sorts = {
  company: {
    column: 'lower(r.company)',
    direction: 'asc',
    key: (row: { company: string }) => row.company.toLowerCase(),
  },
  '-company': {
    column: 'lower(r.company)',
    direction: 'desc',
    key: (row: { company: string }) => row.company.toLowerCase(),
  },
  createdAt: { column: 'r.created_at', direction: 'asc', key: (row: { createdAt: string }) => row.createdAt },
  '-createdAt': { column: 'r.created_at', direction: 'desc', key: (row: { createdAt: string }) => row.createdAt },
} as const;

/** Resellers, found by company, e-mail or host client id, with cursor paging. */
export const listResellers = verb({
  procedure: 'resellers.list',
  permission: 'resellers:read',
  mode: 'read',
  input: z.object({
    search: z.string().max(100).optional(),
    status: resellerStatus.optional(),
    sort: z.enum(['company', '-company', 'createdAt', '-createdAt']).default('company'),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em }, input) => {
    const { column, direction, key } = sorts[input.sort];
    const filters = ['true'];
    const parameters: unknown[] = [];
    if (input.status) {
      filters.push('r.status = ?');
      parameters.push(input.status);
    }
    if (input.search) {
      filters.push('(r.company ilike ? or r.email ilike ? or r.host_client_id = ?)');
      parameters.push(likePattern(input.search), likePattern(input.search), input.search);
    }
    const [count] = await em.execute<{ total: number }[]>(
      `select count(*)::int as total from reseller r where ${filters.join(' and ')}`,
      parameters,
    );
    const after = readCursor(input.cursor);
    if (after) {
      filters.push(`(${column}, r.id) ${direction === 'asc' ? '>' : '<'} (?, ?)`);
      parameters.push(after.key, after.id);
    }
    const rows = await findResellerRows(em, {
      where: filters.join(' and '),
      parameters,
      order: `${column} ${direction}, r.id ${direction}`,
      limit: input.limit + 1,
    });
    return cursorPage(rows, input.limit, count?.total ?? 0, (row) => ({ key: key(row), id: row.id }));
  },
});
