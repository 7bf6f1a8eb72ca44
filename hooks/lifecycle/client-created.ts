import { onClientReported } from './client-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A new client of the host is nobody of ours until made a reseller. */
export const onClientCreated: LifecycleHandler<'client.created'> = onClientReported;
