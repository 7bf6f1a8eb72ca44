import type { EntityManager } from '@mikro-orm/postgresql';
import { PARTS } from './parts.ts';
import { inTestMode } from './test-mode.ts';

type Rows = Record<string, object[]>;

/**
 * Everything held about one reseller and its people, by part: without the provider's own notes, or without the reseller's.
 * `testMode` has the parts of which its test keys made rows, by the same names.
 */
export async function collectData(
  em: EntityManager,
  resellerId: string,
  forProvider: boolean,
  progress: (done: number, total: number) => Promise<void>,
): Promise<Rows & { testMode: Rows }> {
  const parts = Object.entries(PARTS).filter(([, part]) => part.for !== (forProvider ? 'reseller' : 'provider'));
  const live: Rows = {};
  for (const [index, [name, { sql }]] of parts.entries()) {
    live[name] = await em.execute<object[]>(sql, [resellerId]);
    await progress(index + 1, parts.length);
  }
  const testMode: Rows = {};
  await em.transactional((inside) =>
    inTestMode(inside, async (own) => {
      for (const [name, { sql }] of parts) {
        const rows = own.has(tableRead(sql)) ? await inside.execute<object[]>(sql, [resellerId]) : [];
        if (rows.length > 0) testMode[name] = rows;
      }
    }),
  );
  return Object.assign(live, { testMode });
}

/** The table that a part is read from, not those that it looks something up in. */
function tableRead(sql: string): string {
  const outer = sql.replaceAll(/\([^()]*\)/g, '');
  return outer === sql ? (/\bfrom (\w+)/.exec(sql)?.[1] ?? '') : tableRead(outer);
}
