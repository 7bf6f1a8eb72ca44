import { onServiceReported } from './service-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A service was renewed at its lock: the next due date moves. */
export const onServiceRenewed: LifecycleHandler<'service.renewed'> = onServiceReported;
