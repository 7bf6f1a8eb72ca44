import { z } from 'zod';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { PriceChange } from './entity.ts';
import { findVersion } from './find.ts';
import { ruleKind } from './schemas.ts';

/** What a version does to each rule, before and after, by rule: the diff of a draft and of a publication. @throws not_found */
export const listChanges = verb({
  procedure: 'prices.changes',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({
    id: z.string().max(60),
    kind: ruleKind.optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  run: async ({ em }, input) => {
    await findVersion(em, input.id);
    const filters: object[] = [{ versionId: input.id }, ...(input.kind ? [{ kind: input.kind }] : [])];
    const total = await em.count(PriceChange, { $and: filters });
    const after = readCursor(input.cursor);
    if (after) filters.push({ $or: [{ kind: { $gt: after.key } }, { kind: after.key, ruleId: { $gt: after.id } }] });
    const found = await em.find(
      PriceChange,
      { $and: filters },
      { orderBy: { kind: 'asc', ruleId: 'asc' }, limit: input.limit + 1 },
    );
    const rows = found.map(({ kind, ruleId, before, after: rule, changedBy, changedAt }) => ({
      kind,
      id: ruleId,
      before: before ?? null,
      after: rule ?? null,
      changedBy,
      changedAt: changedAt.toISOString(),
    }));
    return cursorPage(rows, input.limit, total, ({ kind, id }) => ({ key: kind, id }));
  },
});
