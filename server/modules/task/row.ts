import type { Task } from './entity.ts';

/** A task as screens follow it. */
export function taskRow(task: Task) {
  const { id, kind, status, done, createdAt, finishedAt } = task;
  return {
    id,
    kind,
    status,
    done,
    /** Null until it is known. */
    total: task.total ?? null,
    result: task.result ?? null,
    error: task.error ?? null,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
