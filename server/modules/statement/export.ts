import { z } from 'zod';
import type { EntityManager } from '@mikro-orm/postgresql';
import { verb } from '../../verb.ts';
import { loadStatement } from './load.ts';
import { readLines } from './lines.ts';
import type { LineRow } from './row.ts';

const PAGE = 500;

/** A closed statement with all of its lines, read page by page while they are taken. @throws not_found */
export const exportStatement = verb({
  procedure: 'statements.export',
  permission: 'billing:read',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { row, company, digits } = await loadStatement(ctx, id);
    return { statement: { ...row, company }, lines: pages(ctx.em, id, digits) };
  },
});
export type StatementDocument = Awaited<ReturnType<typeof exportStatement>>;

async function* pages(em: EntityManager, statementId: string, digits: number): AsyncGenerator<LineRow> {
  for (let after = null as { key: string; id: string } | null; ;) {
    const rows = await readLines(em, { statementId }, digits, after, PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = { key: last.day, id: String(last.id) };
  }
}
