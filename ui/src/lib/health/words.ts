import type { Entry } from '#lib/messages/fill.ts';
import { ownWords } from '#lib/messages/own-words.ts';

/** What each check of the doctor is about: its name, and what hangs on it. */
export type CheckWords = Readonly<Record<string, { name: string; about: string }>>;

export const checkWords = (): Promise<CheckWords> =>
  ownWords<CheckWords>({ en: () => import('./checks.en.json'), de: () => import('./checks.de.json') });

/** What the card of the host says. */
export type CardWords = Readonly<Record<keyof typeof import('./card.en.json'), Entry>>;

export const cardWords = (): Promise<CardWords> =>
  ownWords<CardWords>({ en: () => import('./card.en.json'), de: () => import('./card.de.json') });
