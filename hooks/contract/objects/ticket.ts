import { z } from 'zod';
import { hostId, moment } from './primitives.ts';

/** A support ticket, by title only: its content stays in the host. `url` is relative to the host. */
export const hostTicket = z.object({
  id: hostId,
  clientId: hostId,
  subject: z.string().max(300),
  status: z.enum(['open', 'answered', 'on_hold', 'closed']),
  updatedAt: moment,
  url: z.string().max(500).startsWith('/'),
});
export type HostTicket = z.infer<typeof hostTicket>;
