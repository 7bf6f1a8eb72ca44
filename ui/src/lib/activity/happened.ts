import type { ActivityRow } from '#lib/api/contract.ts';
import { ownWords } from '#lib/messages/own-words.ts';
import { plainAction } from './diff.ts';
import german from './happened.de.json?url';
import english from './happened.en.json?url';

/** What each action is called on the provider's side. */
export type ActionWords = Readonly<Record<string, string>>;

export const actionWords = (): Promise<ActionWords> => ownWords<ActionWords>({ en: english, de: german });

/** What happened, in the words of the provider's side. */
export const whatHappened = (words: ActionWords, { action }: Pick<ActivityRow, 'action'>): string =>
  words[action] ?? plainAction(action);
