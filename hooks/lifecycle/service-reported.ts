import type { EventType } from '../contract/index.ts';
import { mirrorService } from '../../server/modules/service/mirror.ts';
import type { LifecycleHandler } from './handler.ts';

type ServiceEvent = Extract<EventType, `service.${string}`>;

/** Every service event carries the whole service: all of them are taken in the same way. */
export const onServiceReported: LifecycleHandler<ServiceEvent> = async (ctx, { aggregate, data }) =>
  (await mirrorService(ctx, data.service, aggregate.version)) !== null;
