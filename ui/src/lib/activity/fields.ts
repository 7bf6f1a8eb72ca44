import { ownWords } from '#lib/messages/own-words.ts';

/** What each field that entries hold is called: one list for the log, for the provider and for resellers. */
export type FieldWords = Readonly<Record<string, string>>;

export const fieldWords = (): Promise<FieldWords> =>
  ownWords<FieldWords>({ en: () => import('./fields.en.json'), de: () => import('./fields.de.json') });

/** A field in words; one that the list does not know, such as of a newer service, is still readable: "ownDiscount" → "own discount". */
export const fieldName = (words: FieldWords, field: string): string =>
  words[field] ??
  field
    .replaceAll(/[._]/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
