import { currentLocale } from './index.svelte.ts';

type Loads<Words> = () => Promise<{ default: Words }>;

/**
 * Loads the words that one screen alone needs, in the language on screen, else in English. English is in the script; another
 * language is a file of its own, named by its address, and is fetched when the screen is opened.
 */
export async function ownWords<Words>(
  files: { en: Loads<Words> } & Record<string, string | Loads<Words>>,
): Promise<Words> {
  const own = files[currentLocale().split('-')[0] ?? ''];
  if (typeof own === 'string') {
    try {
      const response = await fetch(own);
      if (response.ok) return (await response.json()) as Words;
    } catch {
      // English is better than nothing.
    }
  }
  return (await (typeof own === 'function' ? own : files.en)()).default;
}
