import { currentLocale } from './index.svelte.ts';

/** Loads the words that one screen alone needs, in the language on screen, else in English. One file for each language. */
export async function ownWords<Words>(
  files: { en: () => Promise<{ default: Words }> } & Record<string, () => Promise<{ default: Words }>>,
): Promise<Words> {
  const file = files[currentLocale().split('-')[0] ?? ''] ?? files.en;
  return (await file()).default;
}
