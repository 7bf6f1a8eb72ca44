import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../context.ts';

export const ActivitySchema = defineEntity({
  name: 'Activity',
  tableName: 'activity',
  properties: {
    id: p.string().primary(),
    at: p.datetime(),
    actor: p.json<Pick<Actor, 'kind'> & { id: string }>(),
    action: p.string(),
    subjectType: p.string(),
    subjectId: p.string(),
    resellerId: p.string().nullable(),
    before: p.json<unknown>().nullable(),
    after: p.json<unknown>().nullable(),
  },
});
/** One line of the activity log. The database refuses updates and deletes. */
export class Activity extends ActivitySchema.class {}
ActivitySchema.setClass(Activity);
