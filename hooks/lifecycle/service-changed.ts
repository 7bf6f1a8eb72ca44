import { onServiceReported } from './service-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A service was changed by hand or by an upgrade; what differs from its lock is found by reconcile. */
export const onServiceChanged: LifecycleHandler<'service.changed'> = onServiceReported;
