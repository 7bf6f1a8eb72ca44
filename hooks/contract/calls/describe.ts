import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { capability } from '../capabilities.ts';
import { currencyCode, moment } from '../objects/primitives.ts';

/** Says what the host is, what it can do, and how links into it are made. */
export const describe = defineCall({
  name: 'describe',
  about: 'Says what the host is, what it can do, and how links into it are made.',
  capability: null,
  request: z.object({}),
  response: z.object({
    kind: z.string().max(40),
    name: z.string().max(100),
    version: z.string().max(40),
    contract: z.string().max(20),
    capabilities: z.array(capability),
    /** The host's clock: moments of locks are the host's. */
    now: moment.optional(),
    /** IANA zone in which the provider bills: days of revenue are cut here. */
    zone: z.string().max(60),
    currency: currencyCode,
    /** Relative link templates; {id} is replaced. */
    urls: z.object({
      client: z.string(),
      invoice: z.string(),
      order: z.string(),
      service: z.string(),
      /** Where a client reads its tickets and opens new ones. */
      tickets: z.string().optional(),
    }),
  }),
});
