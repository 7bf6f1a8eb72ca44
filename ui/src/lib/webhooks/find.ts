import { api } from '#lib/api/client.ts';
import type { WebhookRow } from '#lib/api/contract.ts';

/** One of the own endpoints. @throws not found */
export const findEndpoint = (id: string): Promise<WebhookRow> => api().webhooks.get.query({ id });
