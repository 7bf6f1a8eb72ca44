import germanFile from './de.json?url';
import en from './en.json';
import { fill, type Entry, type Params } from './fill.ts';

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, Entry>;

const FILES: Record<string, string> = { de: germanFile };

let messages = $state.raw<Messages>(en);
let locale = $state('en');

/** Loads the language of a locale, `de-AT` → `de` → `en`. English is always here; others are files of their own. */
export async function speak(wanted: string): Promise<void> {
  const language = wanted.split('-')[0] ?? 'en';
  const file = FILES[language];
  let words: Messages = en;
  if (file) {
    try {
      const response = await fetch(file);
      if (response.ok) words = inOrder((await response.json()) as (Entry | null)[]);
    } catch {
      // English is better than nothing.
    }
  }
  messages = words;
  locale = wanted;
}

/** A language's file holds its texts in the order of the English keys (ui/messages.ts). What it lacks stays English. */
function inOrder(texts: readonly (Entry | null)[]): Messages {
  const english = Object.entries(en) as [MessageKey, Entry][];
  return Object.fromEntries(english.map(([key, entry], index) => [key, texts[index] ?? entry])) as Messages;
}

/** The locale that numbers and dates are written in. */
export const currentLocale = (): string => locale;

/** The text of a key. An entry with plural forms chooses by `count`. */
export const t = (key: MessageKey, params: Params = {}): string => fill(messages[key], params, locale);

/** A text for a key that is put together from a value the server sent; null when this build has no words for it. */
export function maybe(key: string, params: Params = {}): string | null {
  return Object.hasOwn(messages, key) ? t(key as MessageKey, params) : null;
}
