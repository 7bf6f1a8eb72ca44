import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { ResellerNote } from './entity.ts';
import { noteRow } from './row.ts';

/** Pins a note, or changes its words while its author still may (15 minutes). @throws not_found, conflict, forbidden */
export const editNote = verb({
  procedure: 'resellerNotes.edit',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    text: z.string().trim().min(1, 'write the note').max(10_000).optional(),
    pinned: z.boolean().optional(),
  }),
  run: async (ctx, { id, version, text, pinned }) => {
    const { em, now, actor } = ctx;
    const note = await em.findOne(ResellerNote, id);
    if (!note) throw new ServiceError('not_found', 'There is no such note.');
    if (note.version !== version) {
      throw new ServiceError('version_mismatch', 'Somebody changed this note meanwhile. Load it again.');
    }
    const before = { pinned: note.pinned };
    if (text !== undefined && text !== note.text) {
      if (!noteRow(note, actor.id, now).editable) {
        throw new ServiceError('forbidden', 'Only its author can change a note, for 15 minutes. Add another one.');
      }
      em.assign(note, { text, editedAt: now });
    }
    if (pinned !== undefined) note.pinned = pinned;
    record(ctx, {
      action: 'reseller_note.edited',
      subject: { type: 'reseller_note', id },
      resellerId: note.resellerId,
      before,
      after: { pinned: note.pinned, textChanged: text !== undefined },
      internal: true,
    });
    await em.flush();
    return noteRow(note, actor.id, now);
  },
});
