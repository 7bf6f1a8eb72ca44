import type { ServiceContext } from '../../context.ts';
import type { ChangedBy } from './entity.ts';

/** The actor as settings and applications name it to the next one. */
export function changedBy({ actor }: Pick<ServiceContext, 'actor'>): ChangedBy {
  return { kind: actor.kind, id: actor.id, name: actor.name };
}
