import { onServiceReported } from './service-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A suspended service runs again, at the same lock. */
export const onServiceUnsuspended: LifecycleHandler<'service.unsuspended'> = onServiceReported;
