import type { ResellerNote } from './entity.ts';

/** A note may be edited by its author for so long; then it stays as it is. */
export const EDITABLE_MS = 15 * 60_000;

export function noteRow(note: ResellerNote, actorId: string, now: Date) {
  const { id, text, author, pinned, createdAt, version } = note;
  return {
    id,
    text,
    author,
    pinned,
    createdAt: createdAt.toISOString(),
    editedAt: note.editedAt?.toISOString() ?? null,
    editable: author === actorId && now.getTime() - createdAt.getTime() < EDITABLE_MS,
    version,
  };
}
