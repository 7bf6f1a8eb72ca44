import { onClientReported } from './client-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A reseller’s account was closed in the host: a problem is raised, the status here is an admin’s decision. */
export const onClientClosed: LifecycleHandler<'client.closed'> = onClientReported;
