import type { EntityManager } from '@mikro-orm/postgresql';

const units: Record<string, string> = { D: 'days', W: 'weeks', M: 'months', Y: 'years' };

/** The day one billing term after another one, clamped to the month's end; null for what is bought once. */
export async function nextDue(em: EntityManager, day: string, term: string): Promise<string | null> {
  const [, count, unit = ''] = /^(\d+)([DWMY])$/.exec(term) ?? [];
  if (count === undefined) return null;
  const [row] = await em.execute<{ day: string }[]>('select (?::date + ?::interval)::date::text as day', [
    day,
    `${count} ${units[unit]}`,
  ]);
  return row!.day;
}
