import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { verb } from '../../verb.ts';
import { eventBody } from './event-body.ts';
import { eventCatalogue, sampleOf } from './event-catalogue.ts';
import { type EventGroup, providerGroups } from './event-types.ts';

const EXAMPLE = { id: 'evt_01a2071768917f46832ac96776ba4555', position: 24, livemode: true };

/** Every type of event that the actor's endpoints can get: what it tells, a sample, and the JSON schema of its `data`. */
export const listEventTypes = verb({
  procedure: 'events.types',
  permission: 'webhooks:manage',
  mode: 'read',
  input: z.object({}),
  run: async ({ actor, now }) => {
    const own = tenantOf(actor);
    const rows = Object.entries(eventCatalogue)
      .map(([type, known]) => ({ type, known, group: type.split('.')[0] as EventGroup }))
      .filter(({ group }) => own === null || !providerGroups.includes(group))
      .map(({ type, known, group }) => {
        const payload = sampleOf(known);
        const resellerId = providerGroups.includes(group) ? null : (own ?? 'rs_01a2071761c77296b3ef6f0e153616ca');
        if ('resellerId' in payload && own !== null) payload['resellerId'] = own;
        return {
          type,
          group,
          meaning: known.meaning,
          sample: eventBody({ ...EXAMPLE, type, payload, resellerId, createdAt: now }),
          schema: z.toJSONSchema(known.data, { io: 'input' }) as Record<string, unknown>,
        };
      });
    return { rows };
  },
});
