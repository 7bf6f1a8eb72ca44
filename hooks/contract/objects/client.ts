import { z } from 'zod';
import { currencyCode, hostId, moment } from './primitives.ts';

/** A client account of the host: a reseller's own account, or an end client. */
export const hostClient = z.object({
  id: hostId,
  status: z.enum(['active', 'suspended', 'closed']),
  name: z.string().max(200),
  company: z.string().max(200).nullable(),
  email: z.string().max(320),
  country: z.string().max(2).nullable(),
  currency: currencyCode,
  createdAt: moment,
});
export type HostClient = z.infer<typeof hostClient>;
