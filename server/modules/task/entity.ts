import { defineEntity, p } from '@mikro-orm/core';
import type { Permission } from '../../permissions.ts';

export const TaskSchema = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    id: p.string().primary(),
    kind: p.string(),
    status: p.string().$type<'queued' | 'running' | 'ready' | 'failed'>(),
    /** What an actor must hold to see it. */
    permission: p.string().$type<Permission>(),
    resellerId: p.string().nullable(),
    input: p.json<unknown>(),
    done: p.integer().default(0),
    total: p.integer().nullable(),
    result: p.json<unknown>().nullable(),
    error: p.string().nullable(),
    createdBy: p.json<{ kind: 'admin' | 'reseller' | 'api_key' | 'client' | 'host' | 'system'; id: string }>(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});
/** Long work with progress, which can be left and found again. */
export class Task extends TaskSchema.class {}
TaskSchema.setClass(Task);
