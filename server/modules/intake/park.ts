import { z } from 'zod';
import { verb } from '../../verb.ts';
import { raiseProblem } from '../problem/raise.ts';

/** Keeps an event that cannot be applied, with the reason, for a person to look at; it is not asked for again. */
export const parkEvent = verb({
  procedure: 'intake.park',
  permission: 'host:report',
  mode: 'write',
  input: z.object({
    id: z.string().min(1).max(80),
    type: z.string().max(60),
    body: z.unknown(),
    reason: z.string().max(500),
  }),
  run: async (ctx, input) => {
    const { em, now } = ctx;
    await em.execute(
      `insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, reason, body, received_at)
       values (?, ?, '', '', 0, 'parked', ?, ?, ?) on conflict (event_id) do nothing`,
      [input.id, input.type, input.reason, JSON.stringify(input.body), now],
    );
    await raiseProblem(ctx, {
      key: 'events_parked',
      message: 'Events of the host could not be applied; see the inbox.',
      severity: 'warning',
    });
  },
});
