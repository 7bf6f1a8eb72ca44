import type { EventType } from '../contract/index.ts';
import { mirrorClient } from '../../server/modules/reseller/mirror-client.ts';
import type { LifecycleHandler } from './handler.ts';

type ClientEvent = Extract<EventType, `client.${string}`>;

/** Every client event carries the whole client: all of them are taken in the same way. */
export const onClientReported: LifecycleHandler<ClientEvent> = async (ctx, { data }) => mirrorClient(ctx, data.client);
