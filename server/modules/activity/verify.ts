import { z } from 'zod';
import { verb } from '../../verb.ts';
import { GENESIS, type Sealed, SEALED_COLUMNS, sealHash } from './hash.ts';

const BATCH = 2000;
type Link = { position: string; link: string; hash: Buffer } & { [Column in keyof Sealed]: Sealed[Column] | null };
type Broken = {
  activityId: string;
  position: number;
  at: string | null;
  cause: 'changed' | 'missing' | 'link_missing';
};

/**
 * Walks the chain from its start and names the first entry that is not what was sealed: changed after writing, removed, or
 * its link removed. `expectHead` is a head (hex) kept elsewhere: the chain must hold it, so that cutting off its end shows.
 */
export const verifyActivity = verb({
  procedure: 'activity.verify',
  permission: 'activity:export',
  mode: 'read',
  input: z.object({
    expectHead: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'A head is 64 hex digits.')
      .optional(),
  }),
  run: async ({ em }, { expectHead }) => {
    let hash: Buffer = GENESIS;
    let intact = 0;
    let broken: Broken | null = null;
    let seen = expectHead === undefined;
    for (;;) {
      const links: Link[] = await em.execute<Link[]>(
        `select l.position::text as position, l.activity_id as link, l.hash, ${SEALED_COLUMNS}
           from activity_seal l left join activity a on a.id = l.activity_id
          where l.position > ? order by l.position limit ?`,
        [intact, BATCH],
      );
      for (const { position, link, hash: stored, ...entry } of links) {
        const expected = intact + 1;
        const at = entry.at === null ? null : `${entry.at}Z`;
        if (Number(position) !== expected) {
          broken = { activityId: link, position: expected, at, cause: 'link_missing' };
        } else if (entry.id === null) broken = { activityId: link, position: expected, at: null, cause: 'missing' };
        else {
          hash = sealHash(hash, entry as Sealed);
          if (!hash.equals(stored)) broken = { activityId: link, position: expected, at, cause: 'changed' };
        }
        if (broken) break;
        intact += 1;
        seen ||= hash.toString('hex') === expectHead;
      }
      if (broken || links.length < BATCH) break;
    }
    const [rest] = await em.execute<{ unsealed: number; skipped: number }[]>(
      `select count(*)::int as unsealed,
              count(*) filter (where a.sequence < (select max(sequence) from activity_seal
                                                    where sealed_at < now() - interval '2 hours'))::int as skipped
         from activity a where not exists (select from activity_seal s where s.activity_id = a.id)`,
    );
    const headFound = seen;
    return {
      intact,
      head: intact === 0 ? null : hash.toString('hex'),
      broken,
      headFound,
      /** Entries that wait for the sealer, a minute at most; `skipped` ones should have been sealed hours ago. */
      unsealed: rest?.unsealed ?? 0,
      skipped: rest?.skipped ?? 0,
      ok: broken === null && headFound && (rest?.skipped ?? 0) === 0,
    };
  },
});
