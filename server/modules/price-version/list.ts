import { z } from 'zod';
import { countEntities, cursorPage, momentOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { namesOfActors } from '../activity/names.ts';
import { PriceVersion } from './entity.ts';
import { countChanges, versionRow } from './row.ts';
import { versionState } from './schemas.ts';

/** Price versions, newest first: drafts, scheduled, the live one, and history, with who and why. */
export const listVersions = verb({
  procedure: 'prices.versions',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({
    states: z.array(versionState).max(6).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em }, input) => {
    const filters: object[] = input.states?.length ? [{ state: { $in: input.states } }] : [];
    const total = await countEntities(em, PriceVersion, { $and: filters });
    const after = readCursor(input.cursor);
    if (after) {
      const at = momentOf(after);
      filters.push({ $or: [{ createdAt: { $lt: at } }, { createdAt: at, id: { $lt: after.id } }] });
    }
    const found = await em.find(
      PriceVersion,
      { $and: filters },
      { orderBy: { createdAt: 'desc', id: 'desc' }, limit: input.limit + 1 },
    );
    const changes = await countChanges(
      em,
      found.map(({ id }) => id),
    );
    const name = await namesOfActors(
      em,
      found.map(({ publishedBy, updatedBy }) => publishedBy ?? updatedBy),
    );
    return cursorPage(
      found.map((version) => ({
        ...versionRow(version, changes(version.id)),
        /** Who published it, or worked on it last, by name. */
        lastBy: name(version.publishedBy ?? version.updatedBy),
      })),
      input.limit,
      total,
      (row) => ({ key: row.createdAt, id: row.id }),
    );
  },
});
