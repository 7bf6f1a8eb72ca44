import { defineEntity, p } from '@mikro-orm/core';

/** Why the service switched an endpoint off: five days without success, or the receiver answered 410. */
export type OffReason = 'failing' | 'gone';

export const WebhookEndpointSchema = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoint',
  properties: {
    id: p.string().primary(),
    /** Null for an endpoint of the provider. */
    resellerId: p.string().nullable(),
    url: p.string(),
    description: p.string(),
    events: p.array(),
    active: p.boolean(),
    /** Sealed, as are old ones. */
    secret: p.string(),
    oldSecret: p.string().nullable(),
    oldSecretUntil: p.datetime().nullable(),
    failingSince: p.datetime().nullable(),
    holdUntil: p.datetime().nullable(),
    /** Most deliveries a second. */
    perSecond: p.smallint().nullable(),
    offReason: p.string().$type<OffReason>().nullable(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** Where events are delivered to. */
export class WebhookEndpoint extends WebhookEndpointSchema.class {}
WebhookEndpointSchema.setClass(WebhookEndpoint);
