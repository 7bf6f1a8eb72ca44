import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Reseller } from '../reseller/entity.ts';
import { ResellerNote } from './entity.ts';
import { noteRow } from './row.ts';

/** Adds a note about a reseller for the provider's team. @throws not_found */
export const addNote = verb({
  procedure: 'resellerNotes.add',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    resellerId: z.string().max(60),
    text: z.string().trim().min(1, 'write the note').max(10_000),
    pinned: z.boolean().default(false),
  }),
  run: async (ctx, { resellerId, text, pinned }) => {
    const { em, now, actor } = ctx;
    if (!(await em.count(Reseller, resellerId))) {
      throw new ServiceError('not_found', 'There is no reseller with this id.', '/resellerId');
    }
    const note = em.create(ResellerNote, {
      id: newId('note'),
      resellerId,
      text,
      author: actor.id,
      pinned,
      createdAt: now,
      version: 1,
    });
    // Without the words, which can be erased; and its own part of the log must not tell that there is a note.
    record(ctx, {
      action: 'reseller_note.added',
      subject: { type: 'reseller_note', id: note.id },
      resellerId,
      after: { pinned },
      internal: true,
    });
    await em.flush();
    return noteRow(note, actor.id, now);
  },
});
