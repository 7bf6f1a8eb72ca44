import type { FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { namesOfActors } from '../activity/names.ts';
import { Problem, problemStates, severities } from './entity.ts';
import { problemRow } from './row.ts';

/** Problems, last seen first, with cursor paging; without a state those that are not resolved. */
export const listProblems = verb({
  procedure: 'problems.list',
  permission: 'problems:read',
  mode: 'read',
  input: z.object({
    state: z.enum(problemStates).optional(),
    severity: z.enum(severities).optional(),
    resellerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em }, { state, severity, resellerId, cursor, limit }) => {
    const where: FilterQuery<Problem>[] = [{ state: state ?? { $in: ['open', 'acknowledged'] } }];
    if (severity) where.push({ severity });
    if (resellerId) where.push({ resellerId });
    const total = await countEntities(em, Problem, { $and: where });
    const after = readCursor(cursor);
    if (after) {
      const lastAt = momentOf(after);
      where.push({ $or: [{ lastAt: { $lt: lastAt } }, { lastAt, id: { $lt: after.id } }] });
    }
    const found = await em.find(
      Problem,
      { $and: where },
      { orderBy: { lastAt: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    const name = await namesOfActors(
      em,
      found.map(({ owner }) => owner),
    );
    /** `ownerName`: who looks after it, by name. */
    const rows = found.map((problem) => ({ ...problemRow(problem), ownerName: problem.owner && name(problem.owner) }));
    return cursorPage(rows, limit, total, ({ lastAt, id }) => ({ key: lastAt, id }));
  },
});
