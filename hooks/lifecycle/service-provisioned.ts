import { onServiceReported } from './service-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A service runs: its lock is active from now. */
export const onServiceProvisioned: LifecycleHandler<'service.provisioned'> = onServiceReported;
