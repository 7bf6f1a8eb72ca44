import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { changedBy } from '../settings/changed-by.ts';
import { type Application, ApplicationMessage } from './entity.ts';

/** Puts a message (both sides see it) or a note (the team only) into the thread. */
export function write(
  ctx: ServiceContext,
  application: Application,
  kind: 'message' | 'note',
  body: string | null,
): void {
  if (body === null) return;
  ctx.em.persist(
    ctx.em.create(ApplicationMessage, {
      id: newId('msg'),
      applicationId: application.id,
      at: ctx.now,
      kind,
      author: changedBy(ctx),
      body,
    }),
  );
}
