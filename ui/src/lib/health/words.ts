import { currentLocale } from '#lib/messages/index.svelte.ts';

/** What each check of the doctor is about: its name, and what hangs on it. */
export type CheckWords = Readonly<Record<string, { name: string; about: string }>>;

/** Files of their own, since this one screen alone needs them. */
const FILES: Record<string, () => Promise<{ default: CheckWords }>> = {
  en: () => import('./checks.en.json'),
  de: () => import('./checks.de.json'),
};

export async function checkWords(): Promise<CheckWords> {
  const file = FILES[currentLocale().split('-')[0] ?? ''] ?? FILES['en'];
  return (await file?.())?.default ?? {};
}
