import { type ServiceContext, tenantOf } from '../../context.ts';
import type { Notice } from './entity.ts';

/** A notice for lists; how its delivery went is for the provider. */
export function noticeRow({ actor }: ServiceContext, notice: Notice) {
  const { id, kind, resellerId, hostClientId, language, subject, body, state, createdAt, readAt, version } = notice;
  const outside = tenantOf(actor) !== null;
  return {
    id,
    kind,
    resellerId,
    hostClientId: outside ? null : hostClientId,
    language,
    recipient: notice.recipient,
    subject,
    body,
    state: readAt ? ('read' as const) : state,
    attempts: outside ? null : notice.attempts,
    error: outside ? null : notice.error,
    createdAt: createdAt.toISOString(),
    sentAt: notice.sentAt?.toISOString() ?? null,
    readAt: readAt?.toISOString() ?? null,
    version,
  };
}
