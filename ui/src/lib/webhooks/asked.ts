import type { Webhook } from '#lib/api/contract.ts';
import type { WebhookAct } from './actions.ts';

/** Which dialog about endpoints is open. `since`: the moment from which a replay begins, UTC. */
export type AskedWebhook = { act: 'create' } | { act: WebhookAct; endpoint: Webhook; since?: string | null };
