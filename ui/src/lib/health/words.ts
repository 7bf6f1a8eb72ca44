import type { Entry } from '#lib/messages/fill.ts';
import { ownWords } from '#lib/messages/own-words.ts';
import cardGerman from './card.de.json?url';
import checksGerman from './checks.de.json?url';
import pairingGerman from './pairing.de.json?url';

/** What each check of the doctor is about: its name, and what hangs on it. */
export type CheckWords = Readonly<Record<string, { name: string; about: string }>>;

export const checkWords = (): Promise<CheckWords> =>
  ownWords<CheckWords>({ en: () => import('./checks.en.json'), de: checksGerman });

/** What the card of the host says. */
export type CardWords = Readonly<Record<keyof typeof import('./card.en.json'), Entry>>;

export const cardWords = (): Promise<CardWords> =>
  ownWords<CardWords>({ en: () => import('./card.en.json'), de: cardGerman });

/** What is said about the keys between host and service. */
export type PairingWords = Readonly<Record<keyof typeof import('./pairing.en.json'), Entry>>;

export const pairingWords = (): Promise<PairingWords> =>
  ownWords<PairingWords>({ en: () => import('./pairing.en.json'), de: pairingGerman });
