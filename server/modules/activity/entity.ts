import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../context.ts';

/** `actingAdmin`: the admin who looks at the portal as this reseller. */
export type RecordedActor = Pick<Actor, 'kind'> & { id: string; name?: string; actingAdmin?: string };

export const ActivitySchema = defineEntity({
  name: 'Activity',
  tableName: 'activity',
  properties: {
    id: p.string().primary(),
    /** Rises with every entry; a job seals entries in this order. */
    sequence: p.bigint('number').autoincrement(),
    at: p.datetime(),
    actor: p.json<RecordedActor>(),
    action: p.string(),
    subjectType: p.string(),
    subjectId: p.string(),
    resellerId: p.string().nullable(),
    before: p.json<unknown>().nullable(),
    after: p.json<unknown>().nullable(),
    reason: p.string().nullable(),
    requestId: p.string().nullable(),
    /** IP address the request came from, as far as the transport knows it. */
    sourceAddress: p.string().nullable(),
    /** Only the provider's side may see it. */
    internal: p.boolean().default(false),
  },
});
/** One line of the activity log. The database refuses updates and deletes. */
export class Activity extends ActivitySchema.class {}
ActivitySchema.setClass(Activity);
