import { defineEntity, p } from '@mikro-orm/core';

export const TicketLinkSchema = defineEntity({
  name: 'TicketLink',
  tableName: 'ticket_link',
  properties: {
    resellerId: p.string().primary(),
    hostTicketId: p.string().primary(),
    orderId: p.string().nullable(),
    serviceId: p.string().nullable(),
    linkedAt: p.datetime(),
  },
});
/** Which ticket of the host is about which order or service. */
export class TicketLink extends TicketLinkSchema.class {}
TicketLinkSchema.setClass(TicketLink);
