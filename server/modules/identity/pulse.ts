import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { verb } from '../../verb.ts';

/** A word per resource that changes when it does: screens ask this and load again only what moved. */
export const getPulse = verb({
  procedure: 'pulse.get',
  permission: null,
  mode: 'read',
  input: z.object({}),
  run: async ({ em, actor }) => {
    if (actor.kind === 'client') return { versions: await ofClient(em, actor.hostClientId) };
    const resellerId = tenantOf(actor);
    // From kind to kind along the index: grouping would read the whole log, however long it is.
    // What is the provider's own must not even be seen to have happened.
    const own = resellerId ? 'reseller_id = ? and not internal' : 'true';
    const rows = await em.execute<{ subject_type: string; last: string }[]>(
      `with recursive kind as (
         (select subject_type from activity where ${own} order by subject_type limit 1)
         union all
         select (select subject_type from activity where ${own} and subject_type > kind.subject_type order by subject_type limit 1)
           from kind where kind.subject_type is not null
       )
       select subject_type,
              (select id from activity a where ${own} and a.subject_type = kind.subject_type order by id desc limit 1) as last
         from kind where subject_type is not null`,
      resellerId ? [resellerId, resellerId, resellerId] : [],
    );
    return { versions: Object.fromEntries(rows.map((row) => [row.subject_type, row.last])) };
  },
});

/** A client who is no reseller watches its own application. */
async function ofClient(em: EntityManager, hostClientId: string): Promise<Record<string, string>> {
  const [row] = await em.execute<{ last: string | null }[]>(
    `select max(id) as last from activity where subject_type = 'application'
        and subject_id in (select id from application where host_client_id = ?)`,
    [hostClientId],
  );
  return row?.last ? { application: row.last } : {};
}
