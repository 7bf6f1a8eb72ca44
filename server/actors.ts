import type { Actor } from './context.ts';
import { hostPermissions, systemPermissions } from './permissions.ts';

/** What the service does by its own: jobs, start-up, command line. */
export const systemActor: Actor = { kind: 'system', id: 'system', name: 'system', permissions: systemPermissions };

/** The host's bridge, which may do nothing but report what happened. */
export const hostActor: Actor = { kind: 'host', id: 'host', name: 'host', permissions: hostPermissions };
