import type { Entry } from '#lib/messages/fill.ts';
import { ownWords } from '#lib/messages/own-words.ts';
import cardDe from './card.de.json?url';
import cardEn from './card.en.json?url';
import checksDe from './checks.de.json?url';
import checksEn from './checks.en.json?url';
import pairingDe from './pairing.de.json?url';
import pairingEn from './pairing.en.json?url';

/** What each check of the doctor is about: its name, and what hangs on it. */
export type CheckWords = Readonly<Record<string, { name: string; about: string }>>;

export const checkWords = (): Promise<CheckWords> => ownWords<CheckWords>({ en: checksEn, de: checksDe });

/** What the card of the host says. */
export type CardWords = Readonly<Record<keyof typeof import('./card.en.json'), Entry>>;

export const cardWords = (): Promise<CardWords> => ownWords<CardWords>({ en: cardEn, de: cardDe });

/** What is said about the keys between host and service. */
export type PairingWords = Readonly<Record<keyof typeof import('./pairing.en.json'), Entry>>;

export const pairingWords = (): Promise<PairingWords> => ownWords<PairingWords>({ en: pairingEn, de: pairingDe });
