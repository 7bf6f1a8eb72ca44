import { onServiceReported } from './service-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A service ended, and its lock with it. */
export const onServiceTerminated: LifecycleHandler<'service.terminated'> = onServiceReported;
