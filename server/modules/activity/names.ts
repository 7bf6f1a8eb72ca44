import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * What these actors were last called, as the activity log has it: rows keep ids, and people read names. Of one that never
 * acted, or acted without a name, its id.
 */
export async function namesOfActors(
  em: EntityManager,
  ids: readonly (string | null | undefined)[],
): Promise<(id: string) => string> {
  const asked = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (asked.length === 0) return (id) => id;
  const rows = await em.execute<{ id: string; name: string | null }[]>(
    `select w.id, l.name from unnest(array[${asked.map(() => '?').join()}]::text[]) w (id)
      cross join lateral (select a.actor ->> 'name' as name from activity a
                           where a.actor ->> 'id' = w.id order by a.at desc, a.id desc limit 1) l`,
    asked,
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) || id;
}
