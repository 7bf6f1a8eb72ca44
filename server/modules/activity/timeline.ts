import type { EntityManager } from '@mikro-orm/postgresql';
import { Activity } from './entity.ts';

/** The newest entries of one object, oldest of them first: what happened, when, and what kind of actor did it. */
export async function timelineOf(em: EntityManager, subjectType: string, subjectId: string) {
  const entries = await em.find(
    Activity,
    { subjectType, subjectId },
    { orderBy: { at: 'desc', id: 'desc' }, limit: 100 },
  );
  return entries.toReversed().map(({ at, action, actor }) => ({ at: at.toISOString(), kind: action, by: actor.kind }));
}
