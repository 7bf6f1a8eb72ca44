const DAY_MS = 86_400_000;

/** How long a key may live, in days; `none` = without end. The longest first that a reseller may choose safely: a year. */
const CHOICES = ['365', '90', '30', 'none'] as const;

/** What is offered when keys live at most so many days; a year comes first, then shorter, without end last. */
export const expiryChoices = (most: number | null): string[] =>
  CHOICES.filter((choice) => most === null || (choice !== 'none' && Number(choice) <= most));

/** The moment a choice stands for, UTC; a date means the end of that day, where the user is. */
export function expiresAt(choice: string, date: string, now: number): string | null {
  if (choice === 'none') return null;
  if (choice === 'date') return new Date(`${date}T23:59:59`).toISOString();
  return new Date(now + Number(choice) * DAY_MS).toISOString();
}
