import type { ApplicationAnswer } from '#lib/api/contract.ts';
import { currentLocale, maybe, t } from '#lib/messages/index.svelte.ts';

/** A text the provider wrote in several languages: the user's, else English, else whichever is there. */
export function localText(texts: Record<string, string>): string {
  const locale = currentLocale();
  return texts[locale] ?? texts[locale.split('-')[0] ?? ''] ?? texts['en'] ?? Object.values(texts)[0] ?? '';
}

/** An answer in words: names of options and countries, a sentence where there is none. */
export function answerText(field: ApplicationAnswer['field'], value: ApplicationAnswer['value']): string {
  if (value === null || value === '') return field.required ? t('answers.none') : t('answers.noneOptional');
  if (typeof value === 'boolean') return value ? t('answers.agreed') : t('answers.notAgreed');
  if (typeof value === 'number') return new Intl.NumberFormat(currentLocale()).format(value);
  if (field.type === 'choice' || field.type === 'multiple_choice') {
    const chosen = Array.isArray(value) ? value : [value];
    return chosen
      .map((id) => localText(field.options.find((option) => option.id === id)?.label ?? { en: id }))
      .join(', ');
  }
  if (field.type === 'country' && typeof value === 'string') return countryName(value);
  return Array.isArray(value) ? value.join(', ') : value;
}

export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([currentLocale()], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Why a record is like another one: "Same tax ID". */
export const reasonText = (reason: string): string => maybe(`similar.${reason}`) ?? reason;
