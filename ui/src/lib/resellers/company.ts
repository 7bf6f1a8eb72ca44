import { maybe } from '#lib/messages/index.svelte.ts';

/** The name of a field of the company's data. */
export const companyField = (name: string): string => maybe(`company.${name}`) ?? name;

/** A value of it on one line; "–" where there is none. */
export function companyValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.map(companyValue).join('; ') || '–';
  if (typeof value === 'object') {
    return Object.values(value)
      .filter((part) => part !== null && part !== '')
      .map(companyValue)
      .join(', ');
  }
  return String(value as string | number | boolean);
}
