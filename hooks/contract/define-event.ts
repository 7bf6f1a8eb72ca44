import { z } from 'zod';
import { hostId, moment } from './objects/primitives.ts';

/** What an event is about. `version` grows with each change of that object; older state events are dropped. */
export const aggregate = z.object({
  type: z.enum(['client', 'catalogue', 'order', 'invoice', 'service', 'ticket']),
  id: hostId,
  version: z.int().min(0),
});

/**
 * Declares one event of the contract: its name, whether it states a fact (booked once, in any order of arrival) or a
 * state (dropped when older than what is known), and the shape of its data.
 */
export function defineEvent<const Type extends string, Data extends z.ZodType>(definition: {
  type: Type;
  nature: 'fact' | 'state';
  about: string;
  data: Data;
}) {
  const envelope = z.object({
    /** Unique for ever, also over retries: the receiver's key against duplicates. */
    id: z.string().min(8).max(80),
    type: z.literal(definition.type),
    contract: z.string().max(20),
    occurredAt: moment,
    aggregate,
    data: definition.data,
  });
  return { ...definition, envelope };
}
