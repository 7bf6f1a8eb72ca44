import { z } from 'zod';
import { type Permission, resellerPermissions } from '../../permissions.ts';
import { ownRows, requireOneReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { Reseller } from '../reseller/entity.ts';
import { shiftDay } from '../revenue/period.ts';
import { loadSettings } from '../settings/load.ts';

/** Days of usage that a list of keys shows. */
const DAYS = 30;
const DAY_MS = 86_400_000;
/** So many of the newest calls are looked through for refused addresses: a wrong setting shows at once. */
const LOOKED_THROUGH = 10_000;

/**
 * What a screen of keys says around its list: what the provider allows keys and the actor may give them, where the
 * caller is, calls per key and day (UTC, 30 days), and which addresses were refused in the last 24 hours.
 * For one reseller: its own; an admin names it. @throws bad_input (an admin who names none)
 */
export const getKeysOverview = verb({
  procedure: 'keys.overview',
  permission: 'keys:manage',
  mode: 'read',
  input: z.object({ resellerId: z.string().max(60).optional() }),
  run: async (ctx, input) => {
    const { em, now, actor } = ctx;
    const resellerId = ownRows(ctx).resellerId ?? input.resellerId;
    requireOneReseller(resellerId);
    const policy = await loadSettings(em, 'api');
    const offered = (scope: Permission) => policy.scopesOffered.length === 0 || policy.scopesOffered.includes(scope);
    const reseller = await em.findOne(Reseller, { id: resellerId! });
    const from = shiftDay(now.toISOString().slice(0, 10), 1 - DAYS);
    const usage = await em.execute<{ keyId: string; day: string; answered: number; refused: number }[]>(
      `select u.key_id as "keyId", u.day::text as day, sum(u.calls) filter (where u.outcome = 'ok')::int as answered,
              coalesce(sum(u.calls) filter (where u.outcome <> 'ok'), 0)::int as refused
         from api_key k join api_usage u on u.key_id = k.id
        where k.reseller_id = ? and u.day >= ?::date group by 1, 2 order by 1, 2`,
      [resellerId, from],
    );
    const refused = await em.execute<{ keyId: string; keyName: string; address: string | null; calls: number }[]>(
      `select n.key_id as "keyId", k.name as "keyName", n.source_address as address, count(*)::int as calls
         from (select key_id, at, outcome, source_address from api_call where reseller_id = ? order by id desc limit ${LOOKED_THROUGH}) n
         join api_key k on k.id = n.key_id and k.revoked_at is null
        where n.outcome = 'address_refused' and n.at > ? group by 1, 2, 3 order by 4 desc, 1, 3 limit 20`,
      [resellerId, new Date(now.getTime() - DAY_MS)],
    );
    return {
      /** False: no key of this reseller opens anything. */
      enabled: policy.enabled && (reseller?.apiEnabled ?? false),
      /** What the actor may give to a key. */
      scopes: [...resellerPermissions].filter((scope) => actor.permissions.has(scope) && offered(scope)),
      maxKeys: policy.maxKeys,
      maxLifetimeDays: policy.maxLifetimeDays,
      allowlistRequired: policy.allowlistRequired,
      ratePerMinute: policy.ratePerMinute,
      burst: policy.burst,
      resellerRatePerMinute: policy.resellerRatePerMinute,
      yourAddress: ctx.sourceAddress ?? null,
      usedFrom: from,
      usage: usage.map((row) => ({ ...row, answered: row.answered ?? 0 })),
      refused,
    };
  },
});
