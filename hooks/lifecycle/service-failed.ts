import { onServiceReported } from './service-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** Setting up failed: shown to both sides, nothing is booked or cancelled by us. */
export const onServiceFailed: LifecycleHandler<'service.failed'> = onServiceReported;
