import { onServiceReported } from './service-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A service is suspended: its lock stays for the day it runs again. */
export const onServiceSuspended: LifecycleHandler<'service.suspended'> = onServiceReported;
