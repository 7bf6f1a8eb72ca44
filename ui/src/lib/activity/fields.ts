import { ownWords } from '#lib/messages/own-words.ts';
import type { FieldWords } from './diff.ts';
import german from './fields.de.json?url';
import english from './fields.en.json?url';

/** What each field that entries hold is called: one list for the log, for the provider and for resellers. */
export const fieldWords = (): Promise<FieldWords> => ownWords<FieldWords>({ en: english, de: german });
