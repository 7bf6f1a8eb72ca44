import { currentLocale } from './index.svelte.ts';

/** Where the words of one language are: a file of its own by its address (`?url`), or, of a few lines, within the script. */
type Source<Words> = string | (() => Promise<{ default: Words }>);

/** Files that were fetched, by address: a screen that opens again has its words at once. */
const fetched = new Map<string, unknown>();

/**
 * Loads the words that one screen alone needs, in the language on screen, else in English. The script is one file whatever
 * is imported when, so what weighs something is fetched. @throws when it cannot be fetched
 */
export async function ownWords<Words>(files: { en: Source<Words> } & Record<string, Source<Words>>): Promise<Words> {
  const source = files[currentLocale().split('-')[0] ?? ''] ?? files.en;
  if (typeof source !== 'string') return (await source()).default;
  const known = fetched.get(source);
  if (known) return known as Words;
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`The words of this screen could not be loaded (${answer.status}).`);
  const words = (await answer.json()) as Words;
  fetched.set(source, words);
  return words;
}
