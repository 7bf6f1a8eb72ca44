import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import type { ServiceContext } from '../../context.ts';
import { type ActivityFilters, activityFilters } from './filters.ts';
import { findActivity } from './find-rows.ts';
import { type ActivityRow, activityRow, sealOf } from './row.ts';

const PAGE = 500;

/** An entry to take away. */
export interface ExportedActivity extends ActivityRow {
  /**
   * What was hashed: `hash` = SHA-256(bytes of `previousHash`, 32 zero bytes for the first, then this text). Null until the
   * entry is sealed, and for resellers.
   */
  sealed: string | null;
}

/** The entries that fit, newest first, read page by page while they are taken: never all of them in memory. */
export const exportActivity = verb({
  procedure: 'activity.export',
  permission: 'activity:export',
  mode: 'read',
  input: activityFilters,
  run: async (ctx, filters) => pages(ctx, filters),
});

/** What a reseller may take with it: its own part. */
export const exportOwnActivity = verb({
  procedure: 'activity.exportOwn',
  permission: 'activity:read',
  mode: 'read',
  input: activityFilters,
  run: async (ctx, filters) => {
    actingReseller(ctx);
    return pages(ctx, filters);
  },
});

async function* pages(ctx: ServiceContext, filters: ActivityFilters): AsyncGenerator<ExportedActivity> {
  for (let after = null as { key: string; id: string } | null; ;) {
    const found = await findActivity(ctx, filters, after, PAGE);
    const rows = found.map((each) => {
      const row = activityRow(ctx, each);
      return { ...row, sealed: row.hash && sealOf(each) };
    });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = { key: last.at, id: last.id };
  }
}
