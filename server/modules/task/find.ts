import { type ServiceContext, tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { Task } from './entity.ts';

/** A task that the actor may see: it holds its permission, and the task is its reseller's. @throws not_found */
export async function findTask({ em, actor }: ServiceContext, id: string): Promise<Task> {
  const task = await em.findOne(Task, id);
  const own = tenantOf(actor);
  const seen = task && actor.permissions.has(task.permission) && (own === null || task.resellerId === own);
  if (!seen) throw new ServiceError('not_found', 'There is no task with this id.');
  return task;
}
