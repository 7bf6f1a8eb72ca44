import { onClientReported } from './client-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A reseller’s e-mail address follows its client account. */
export const onClientUpdated: LifecycleHandler<'client.updated'> = onClientReported;
