import type { SettingsSection } from '#lib/api/contract.ts';
import { maybe } from '#lib/messages/index.svelte.ts';
import { FIELDS, SECTIONS } from './fields.ts';

export interface FoundSetting {
  section: SettingsSection;
  name: string;
  label: string;
}

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Settings whose words, or whose section's, hold all the words that were typed; case and accents aside. */
export function findSettings(typed: string): FoundSetting[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return SECTIONS.flatMap((section) =>
    FIELDS[section].flatMap(({ name }) => {
      const label = maybe(`setting.${section}.${name}`) ?? name;
      const hint = maybe(`setting.${section}.${name}Hint`) ?? '';
      const text = plain(`${label} ${hint} ${maybe(`settings.${section}`) ?? ''}`);
      return words.every((word) => text.includes(word)) ? [{ section, name, label }] : [];
    }),
  );
}
