import { ownWords } from '#lib/messages/own-words.ts';

/** What each check of the doctor is about: its name, and what hangs on it. */
export type CheckWords = Readonly<Record<string, { name: string; about: string }>>;

export const checkWords = (): Promise<CheckWords> =>
  ownWords<CheckWords>({ en: () => import('./checks.en.json'), de: () => import('./checks.de.json') });
