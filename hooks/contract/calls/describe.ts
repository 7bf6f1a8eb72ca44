import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { capability } from '../capabilities.ts';
import { hostHealth } from '../objects/health.ts';
import { currencyCode, moment } from '../objects/primitives.ts';

/** Says what the host is, what it can do, and how links into it are made. */
export const describe = defineCall({
  name: 'describe',
  about: 'Says what the host is, what it can do, and how links into it are made.',
  capability: null,
  request: z.object({
    /** What is said must be of now: a port that keeps its answer for a while asks again. */
    fresh: z.boolean().optional(),
  }),
  response: z.object({
    kind: z.string().max(40),
    name: z.string().max(100),
    version: z.string().max(40),
    contract: z.string().max(20),
    capabilities: z.array(capability),
    /** The host's clock: moments of locks are the host's. */
    now: moment.optional(),
    /** What the bridge knows of its own state. */
    health: hostHealth.optional(),
    /** IANA zone in which the provider bills: days of revenue are cut here. */
    zone: z.string().max(60),
    currency: currencyCode,
    /** Units of each other currency for one of `currency`, as the host converts now; absent where the host keeps none. */
    rates: z
      .array(z.object({ currency: currencyCode, rate: z.string().regex(/^[0-9]{1,12}(\.[0-9]{1,12})?$/) }))
      .max(300)
      .optional(),
    /** Relative link templates; {id} is replaced. */
    urls: z.object({
      client: z.string(),
      invoice: z.string(),
      order: z.string(),
      service: z.string(),
      /** Where a client reads its tickets and opens new ones. */
      tickets: z.string().optional(),
    }),
    /** What the bridge found wrong with itself, for `doctor`. */
    problems: z.array(z.object({ code: z.string().max(60), message: z.string().max(300) })).optional(),
  }),
});
