import { z } from 'zod';
import { verb } from '../../verb.ts';
import { Difference } from './entity.ts';
import { differenceRow } from './row.ts';

/** Open differences, newest first. */
export const listDifferences = verb({
  procedure: 'reconcile.list',
  permission: 'problems:read',
  mode: 'read',
  input: z.object({ limit: z.int().min(1).max(500).default(100) }),
  run: async ({ em }, { limit }) => {
    const [found, total] = await em.findAndCount(
      Difference,
      { status: 'open' },
      { orderBy: { foundAt: 'desc', id: 'desc' }, limit },
    );
    return { rows: found.map(differenceRow), total, cursor: null };
  },
});
