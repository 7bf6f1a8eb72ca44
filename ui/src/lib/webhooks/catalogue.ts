import { api } from '#lib/api/client.ts';
import type { EventTypeRow } from '#lib/api/contract.ts';
import { ownWords } from '#lib/messages/own-words.ts';

/** The types that an own endpoint can get, each with what it tells in the language on screen. */
export async function readCatalogue(): Promise<EventTypeRow[]> {
  const [{ rows }, said] = await Promise.all([
    api().events.types.query({}),
    // The service says it in English itself.
    ownWords<Readonly<Record<string, string>>>({
      en: async () => ({ default: {} }),
      de: () => import('./means.de.json'),
    }),
  ]);
  return rows.map((row) => ({ ...row, meaning: said[row.type] ?? row.meaning }));
}
