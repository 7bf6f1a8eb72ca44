import { type EventData, type EventOf, type EventType, type HostEvent } from '../../../hooks/contract/index.ts';
import { CONTRACT_VERSION } from '../../../hooks/contract/version.ts';
import { handlers } from '../../../hooks/lifecycle/index.ts';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { momentOf } from './simulate.ts';

/**
 * What a host would report, taken in as if it had: by the handlers of the lifecycle, in the caller's transaction.
 * `version`: of the object, above the one that it was reported with before.
 */
export async function report<Type extends EventType>(
  ctx: ServiceContext,
  type: Type,
  version: number,
  data: EventData<Type>,
): Promise<void> {
  const [kind, { id }] = Object.entries(data)[0] as ['order' | 'invoice' | 'service', { id: string }];
  const event = {
    id: newId('evt'),
    type,
    contract: CONTRACT_VERSION,
    occurredAt: momentOf(ctx.now),
    aggregate: { type: kind, id, version },
    data,
  } as EventOf<Type>;
  const handle = handlers[type] as (ctx: ServiceContext, event: HostEvent, newest: boolean) => Promise<boolean>;
  await handle(ctx, event as HostEvent, true);
  await ctx.em.flush();
}
