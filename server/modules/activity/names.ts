import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * What these actors were last called, as the activity log has it: rows keep ids, and people read names. A client goes by the
 * company of its account or its last application. Of one without any of it, its id.
 */
export async function namesOfActors(
  em: EntityManager,
  ids: readonly (string | null | undefined)[],
): Promise<(id: string) => string> {
  const asked = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (asked.length === 0) return (id) => id;
  const rows = await em.execute<{ id: string; name: string | null }[]>(
    `select w.id, coalesce(r.company, nullif(p.business_name, ''), l.name) as name
       from unnest(array[${asked.map(() => '?').join()}]::text[]) w (id)
       left join reseller r on r.host_client_id = substr(w.id, 8) and w.id like 'client:%'
       left join lateral (select business_name from application
                           where host_client_id = substr(w.id, 8) and w.id like 'client:%'
                           order by created_at desc limit 1) p on true
       left join lateral (select a.actor ->> 'name' as name from activity a
                           where a.actor ->> 'id' = w.id order by a.at desc, a.id desc limit 1) l on true`,
    asked,
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) || id;
}
