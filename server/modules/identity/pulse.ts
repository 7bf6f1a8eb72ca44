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
    const rows = await em.execute<{ subject_type: string; last: string }[]>(
      `select subject_type, max(id) as last from activity ${resellerId ? 'where reseller_id = ?' : ''} group by subject_type`,
      resellerId ? [resellerId] : [],
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
