import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { shiftDay } from '../revenue/period.ts';
import { ApiKey } from './entity.ts';
import { keyRow } from './row.ts';

/**
 * A key with its calls per day (UTC), the refused ones by reason, and who called with it: source addresses, since its
 * place was taken when another one replaces it, else over the days that were asked for. @throws not_found
 */
export const getKeyUsage = verb({
  procedure: 'keys.usage',
  permission: 'keys:manage',
  mode: 'read',
  input: z.object({ id: z.string().max(60), days: z.int().min(1).max(366).default(30) }),
  run: async (ctx, { id, days }) => {
    const { em, now } = ctx;
    const key = await em.findOne(ApiKey, { id, ...ownRows(ctx) });
    if (!key) throw new ServiceError('not_found', 'There is no key with this id.');
    const from = shiftDay(now.toISOString().slice(0, 10), 1 - days);
    const rows = await em.execute<{ day: string; outcome: string; calls: number }[]>(
      `select day::text as day, outcome, calls::int as calls from api_usage
        where key_id = ? and day >= ?::date order by day, outcome`,
      [id, from],
    );
    const since = key.replacedAt ?? new Date(`${from}T00:00:00Z`);
    const callers = await em.execute<{ address: string | null; calls: number; last: string }[]>(
      `select source_address as address, count(*)::int as calls, max(at) as last from (
         select source_address, at from api_call where key_id = ? and at >= ? order by id desc limit 10000) newest
        group by source_address order by max(at) desc limit 20`,
      [id, since],
    );
    const sum = (wanted: (outcome: string) => boolean) =>
      rows.filter(({ outcome }) => wanted(outcome)).reduce((total, { calls }) => total + calls, 0);
    return {
      ...keyRow(key, now),
      from,
      calls: sum(() => true),
      answered: sum((outcome) => outcome === 'ok'),
      byDay: rows,
      callersSince: since.toISOString(),
      callers: callers.map(({ address, calls, last }) => ({ address, calls, lastAt: new Date(last).toISOString() })),
    };
  },
});
