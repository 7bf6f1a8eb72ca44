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
    if (actor.kind === 'client') return { versions: {} };
    const resellerId = tenantOf(actor);
    const rows = await em.execute<{ subject_type: string; last: string }[]>(
      `select subject_type, max(id) as last from activity ${resellerId ? 'where reseller_id = ?' : ''} group by subject_type`,
      resellerId ? [resellerId] : [],
    );
    return { versions: Object.fromEntries(rows.map((row) => [row.subject_type, row.last])) };
  },
});
