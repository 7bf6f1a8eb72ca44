import { z } from 'zod';
import { contentHash, moment } from './primitives.ts';

/**
 * What a bridge knows of its own state, for the doctor. A bridge reports what it can find out; what it leaves out is
 * skipped there, with the reason.
 */
export const hostHealth = z
  .object({
    /** Version of the bridge in the host, apart from the host's own. */
    moduleVersion: z.string().max(40),
    /** The real clock of the host when it answered, which signatures are checked by. */
    clock: moment,
    /** When the host's periodic run last ended; null = never. */
    cronAt: moment.nullable(),
    /** False while the host does not call the bridge in its order and invoice lifecycle. */
    hooksConnected: z.boolean(),
    /** Revision of the price index in the bridge's tables; null before the first pull. */
    priceRevision: contentHash.nullable(),
    /** Events that were not delivered yet, with the age of the oldest, and those that were given up. */
    outbox: z.object({
      waiting: z.int().min(0),
      oldestSeconds: z.int().min(0).nullable(),
      parked: z.int().min(0),
      /** When the next of those that wait is tried; absent where nothing waits, or nothing was tried yet. */
      nextTryAt: moment.optional(),
    }),
    /** Wholesale prices in the host's own shop: switched on, and what its self-test said. */
    nativeCheckout: z.object({ enabled: z.boolean(), works: z.boolean(), reason: z.string().max(300).nullable() }),
    /** How the bridge last fared with the plugin: when it was answered, and the error since, as a code. */
    plugin: z.object({ reachedAt: moment.nullable(), error: z.string().max(60).nullable() }),
    /** True when the host counts our calls against an hourly limit. */
    callsLimited: z.boolean(),
    /** True when the host's lists hold add-ons, which otherwise cost a call for each order. */
    addonsListed: z.boolean(),
  })
  .partial();
export type HostHealth = z.infer<typeof hostHealth>;
