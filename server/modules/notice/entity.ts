import { defineEntity, p } from '@mikro-orm/core';
import type { NoticeKind } from './kinds.ts';

/** inbox: kept in the portal only, since no mail is set up. */
export const deliveryStates = ['queued', 'sent', 'inbox', 'failed'] as const;

export const NoticeSchema = defineEntity({
  name: 'Notice',
  tableName: 'notice',
  properties: {
    id: p.string().primary(),
    kind: p.string().$type<NoticeKind>(),
    resellerId: p.string().nullable(),
    hostClientId: p.string().nullable(),
    cause: p.string(),
    language: p.string(),
    recipient: p.string(),
    subject: p.string(),
    body: p.string(),
    state: p.string().$type<(typeof deliveryStates)[number]>(),
    attempts: p.integer().default(0),
    nextAttemptAt: p.datetime().nullable(),
    error: p.string().nullable(),
    createdAt: p.datetime(),
    sentAt: p.datetime().nullable(),
    readAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** What a reseller or applicant was told. Never goes to a reseller's customer. */
export class Notice extends NoticeSchema.class {}
NoticeSchema.setClass(Notice);
