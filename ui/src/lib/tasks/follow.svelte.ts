import { api } from '#lib/api/client.ts';
import type { Task } from '#lib/api/contract.ts';
import { toProblem, type Problem } from '#lib/api/errors.ts';

const EVERY = 1000;

/** Long work, looked at once a second until it has ended. The work goes on when nobody looks. */
export class FollowedTask {
  task = $state.raw<Task | null>(null);
  problem = $state<Problem | null>(null);
}

/** Follows the task with the id that `read` answers; another id begins anew. Call it while a component starts. */
export function followTask(read: () => string): FollowedTask {
  const followed = new FollowedTask();
  $effect(() => {
    const id = read();
    followed.task = null;
    followed.problem = null;
    if (id === '') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const look = async (): Promise<void> => {
      try {
        const task = await api().tasks.get.query({ id });
        if (stopped) return;
        followed.task = task;
        followed.problem = null;
        if (task.status === 'ready' || task.status === 'failed') return;
      } catch (error) {
        if (stopped) return;
        followed.problem = toProblem(error);
        if (followed.problem.missing || followed.problem.forbidden) return;
      }
      timer = setTimeout(() => void look(), EVERY);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  });
  return followed;
}
