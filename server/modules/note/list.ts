import { z } from 'zod';
import { cursorPage, momentOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { namesOfActors } from '../activity/names.ts';
import { ResellerNote } from './entity.ts';
import { noteRow } from './row.ts';

/** The provider's notes about a reseller: pinned ones first, then the newest. */
export const listNotes = verb({
  procedure: 'resellerNotes.list',
  permission: 'resellers:read',
  mode: 'read',
  input: z.object({
    resellerId: z.string().max(60),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em, actor, now }, { resellerId, cursor, limit }) => {
    const total = await em.count(ResellerNote, { resellerId });
    const after = readCursor(cursor);
    const filters: object[] = [{ resellerId }];
    if (after) {
      const [pinned, moment = ''] = after.key.split(' ');
      const createdAt = momentOf({ key: moment });
      const later = [{ createdAt: { $lt: createdAt } }, { createdAt, id: { $lt: after.id } }];
      filters.push({
        $or: [
          ...(pinned === 'true' ? [{ pinned: false }] : []),
          ...later.map((one) => ({ pinned: pinned === 'true', ...one })),
        ],
      });
    }
    const found = await em.find(
      ResellerNote,
      { $and: filters },
      { orderBy: { pinned: 'desc', createdAt: 'desc', id: 'desc' }, limit: limit + 1 },
    );
    const name = await namesOfActors(
      em,
      found.map(({ author }) => author),
    );
    return cursorPage(
      found.map((note) => ({ ...noteRow(note, actor.id, now), authorName: name(note.author) })),
      limit,
      total,
      (row) => ({ key: `${row.pinned} ${row.createdAt}`, id: row.id }),
    );
  },
});
