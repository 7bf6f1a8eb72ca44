import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { recordedActor } from '../activity/record.ts';
import { TierDecision } from './decision-entity.ts';

export type Cause = TierDecision['cause'];
type Decision = Pick<TierDecision, 'resellerId' | 'cause' | 'outcome' | 'fromTier' | 'toTier' | 'inputs' | 'note'>;

/** Keeps a decision about a tier with its inputs, in the caller's transaction. */
export function recordDecision(ctx: ServiceContext, decision: Decision): void {
  ctx.em.persist(
    ctx.em.create(TierDecision, { id: newId('dec'), at: ctx.now, actor: recordedActor(ctx), ...decision }),
  );
}
