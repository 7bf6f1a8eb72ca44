import { currentLocale } from '#lib/messages/index.svelte.ts';

/** "March 2027" of the first day of a month. */
export const monthName = (day: string): string =>
  new Intl.DateTimeFormat(currentLocale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));
