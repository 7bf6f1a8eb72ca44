import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { findTask } from '../task/find.ts';
import { startTask } from '../task/start.ts';
import { PREVIEW } from './preview.ts';

/** Kind of the task that applies. */
export const APPLY = 'resellers.applyChange';

/**
 * Begins a task that does what a preview said, to the resellers it said it of; who changed since is refused by name.
 * @throws not_found, conflict (the preview is not done, or was applied)
 */
export const applyBulkChange = verb({
  procedure: 'resellers.applyChange',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({ previewId: z.string().max(60) }),
  run: async (ctx, { previewId }) => {
    const { em } = ctx;
    const preview = await findTask(ctx, previewId);
    if (preview.kind !== PREVIEW) throw new ServiceError('not_found', 'There is no preview with this id.');
    if (preview.status !== 'ready') {
      throw new ServiceError('conflict', 'The preview is not done yet. Wait for it.', '/previewId');
    }
    // Two clicks at once: the second waits here, and finds the first one's task.
    await em.execute('select from task where id = ? for update', [previewId]);
    const [applied] = await em.execute<{ id: string }[]>(
      `select id from task where kind = ? and input ->> 'previewId' = ?`,
      [APPLY, previewId],
    );
    if (applied)
      throw new ServiceError('conflict', `This preview was applied already: see ${applied.id}.`, '/previewId');
    const task = await startTask(ctx, {
      kind: APPLY,
      permission: 'resellers:write',
      input: { previewId, change: (preview.input as { change: unknown }).change },
      resellerId: null,
    });
    await em.execute(
      `insert into task_row (task_id, position, subject_id, detail)
       select ?, row_number() over (order by position) - 1, subject_id, detail from task_row
        where task_id = ? and outcome = 'would_change'`,
      [task.id, previewId],
    );
    record(ctx, {
      action: 'bulk_change.started',
      subject: { type: 'task', id: task.id },
      resellerId: null,
      after: { previewId, change: (preview.input as { change: unknown }).change },
    });
    await em.flush();
    return task;
  },
});
