import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { loadProfile } from '../profile/load.ts';
import { changeStatus } from '../reseller/change-status.ts';
import { changeTerms } from '../reseller/change-terms.ts';
import { loadForChange } from '../reseller/load-for-change.ts';
import { changeAccount } from '../reseller/update.ts';
import type { TaskHandler } from '../task/run.ts';
import { Tier } from '../tier/entity.ts';
import { setPinned } from '../tier/pin.ts';
import { tagsAfter } from './plan.ts';
import { type BulkChange, bulkChange, bulkDetail, type BulkDetail } from './schemas.ts';

/** Applies a preview, each reseller in a transaction of its own together with its row, so that none is done twice. */
export const runBulkApply: TaskHandler = async (ctx, task) => {
  const { change } = z.object({ change: bulkChange }).parse(task.input);
  const rows = await ctx.em
    .fork()
    .execute<{ position: number; subject_id: string; detail: unknown; outcome: string | null }[]>(
      'select position, subject_id, detail, outcome from task_row where task_id = ? order by position',
      [task.id],
    );
  let done = rows.filter(({ outcome }) => outcome !== null).length;
  for (const row of rows.filter(({ outcome }) => outcome === null)) {
    const note = (em: ServiceContext['em'], outcome: string, message: string | null) =>
      em.execute('update task_row set outcome = ?, message = ? where task_id = ? and position = ?', [
        outcome,
        message,
        task.id,
        row.position,
      ]);
    try {
      await withRetry(() =>
        ctx.em.fork().transactional(async (em) => {
          await applyOne({ ...ctx, em }, row.subject_id, bulkDetail.parse(row.detail), change);
          await note(em, 'changed', null);
        }),
      );
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      await note(ctx.em.fork(), 'refused', error.message);
    }
    done += 1;
    await task.progress(done, rows.length);
  }
  const [counts] = await ctx.em.fork().execute<{ changed: number; refused: number }[]>(
    `select count(*) filter (where outcome = 'changed')::int as changed, count(*) filter (where outcome = 'refused')::int as refused
       from task_row where task_id = ?`,
    [task.id],
  );
  return { change, total: rows.length, ...counts };
};

async function applyOne(ctx: ServiceContext, id: string, { versions }: BulkDetail, change: BulkChange): Promise<void> {
  const { em } = ctx;
  const reseller = await loadForChange(ctx, id, versions.reseller);
  switch (change.kind) {
    case 'tier':
    case 'discount': {
      const tier = change.kind === 'tier' ? await em.findOne(Tier, change.tierId) : reseller.tier;
      if (!tier) throw new ServiceError('not_found', 'The tier was deleted meanwhile.');
      const ownDiscountBp = change.kind === 'discount' ? change.ownDiscountBp : (reseller.ownDiscountBp ?? null);
      return changeTerms(ctx, [{ reseller, tier, ownDiscountBp, cause: 'manual' }]);
    }
    case 'status':
      return changeStatus(ctx, reseller, {
        status: change.status,
        publicReason: change.publicReason,
        note: null,
        locksEndOn: null,
      });
    case 'pin':
      return setPinned(ctx, reseller, change.pinned, change.reason);
    default: {
      const held = await loadProfile(em, id, versions.profile);
      return changeAccount(ctx, held, accountOf(held.profile.tags, change));
    }
  }
}

function accountOf(tags: string[], change: Extract<BulkChange, { kind: 'tags' | 'manager' | 'api' }>) {
  switch (change.kind) {
    case 'tags':
      return { tags: tagsAfter(tags, change) };
    case 'manager':
      return { manager: change.manager };
    case 'api':
      return { apiEnabled: change.apiEnabled };
  }
}
