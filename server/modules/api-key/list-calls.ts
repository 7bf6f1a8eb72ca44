import { z } from 'zod';
import { countRows, cursorPage, readCursor } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';

interface Found {
  id: string;
  at: string;
  key_id: string;
  key_name: string;
  prefix: string;
  reseller_id: string | null;
  method: string;
  path: string;
  status: number;
  outcome: string;
  duration_ms: number;
  request_id: string;
  source_address: string | null;
}

/** Calls with keys, newest first: a reseller's own, for an admin all. Kept for as long as settings.retention says. */
export const listCalls = verb({
  procedure: 'keys.calls',
  permission: 'keys:manage',
  mode: 'read',
  input: z.object({
    keyId: z.string().max(60).optional(),
    /** For an admin: calls of this reseller. */
    resellerId: z.string().max(60).optional(),
    /** ok, or the code of the refusal. */
    outcome: z.string().max(60).optional(),
    /** true: refused ones alone. */
    refused: z.boolean().optional(),
    requestId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, input) => {
    const conditions = new Conditions()
      .add('a.reseller_id = ?', ownRows(ctx).resellerId ?? input.resellerId)
      .add('a.key_id = ?', input.keyId)
      .add('a.outcome = ?', input.outcome)
      .add('a.request_id = ?', input.requestId);
    if (input.refused) conditions.add(`a.outcome <> 'ok'`);
    const count = await countRows(ctx.em, `api_call a where ${conditions.text}`, conditions.values);
    const after = readCursor(input.cursor);
    if (after) conditions.add('a.id < ?::bigint', /^\d{1,18}$/.test(after.id) ? after.id : '0');
    const found = await ctx.em.execute<Found[]>(
      `select a.*, a.id::text as id, k.name as key_name, k.prefix from api_call a join api_key k on k.id = a.key_id
        where ${conditions.text} order by a.id desc limit ?`,
      [...conditions.values, input.limit + 1],
    );
    const page = cursorPage(found, input.limit, count.total, ({ id }) => ({ key: '', id }));
    const rows = page.rows.map((call) => ({
      id: call.id,
      at: new Date(call.at).toISOString(),
      key: { id: call.key_id, name: call.key_name, prefix: call.prefix },
      resellerId: call.reseller_id,
      method: call.method,
      path: call.path,
      status: call.status,
      outcome: call.outcome,
      durationMs: call.duration_ms,
      requestId: call.request_id,
      sourceAddress: call.source_address,
    }));
    return { ...page, rows, totalIsExact: count.totalIsExact };
  },
});
