import { z } from 'zod';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { loadStatement } from './load.ts';
import { readLines } from './lines.ts';

/**
 * A closed statement with its lines, by cursor. `linesTotal` is added up anew, and `balanced`: opening + lines =
 * closing.
 * @throws not_found
 */
export const getStatement = verb({
  procedure: 'statements.get',
  permission: 'billing:read',
  mode: 'read',
  input: z.object({
    id: z.string().max(60),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  run: async (ctx, { id, cursor, limit }) => {
    const { row, digits, company, linesTotal, balanced } = await loadStatement(ctx, id);
    const lines = await readLines(ctx.em, { statementId: id }, digits, readCursor(cursor), limit + 1);
    return {
      ...row,
      company,
      linesTotal,
      balanced,
      page: cursorPage(lines, limit, row.lines, (line) => ({ key: line.day, id: String(line.id) })),
    };
  },
});
