import { z } from 'zod';
import { events, type HostEvent, hostEvent } from '../../../hooks/contract/index.ts';
import { handlers } from '../../../hooks/lifecycle/index.ts';
import type { ServiceContext } from '../../context.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { verb } from '../../verb.ts';

export type IntakeOutcome = { outcome: 'applied' | 'duplicate' | 'stale' | 'ignored' };

/**
 * Applies one event of the host, once: its id goes into the inbox in the transaction of its effect. Facts are applied in
 * any order of arrival; a state older than the newest one seen of its object is dropped (pricing.md rule 29).
 * @throws bad_input when the event does not fit the contract
 */
export const receiveEvent = verb({
  procedure: 'intake.receive',
  permission: 'host:report',
  mode: 'write',
  input: z.object({ event: hostEvent }),
  run: async (ctx, { event }): Promise<IntakeOutcome> => {
    const { claimed, newest } = await claim(ctx, event);
    if (!claimed) return { outcome: 'duplicate' };
    const isState = events[event.type].nature === 'state';
    if (isState && !newest) return settle(ctx, event, 'stale');
    const applied = await apply(ctx, event, newest);
    await ctx.em.flush();
    return applied ? { outcome: 'applied' } : settle(ctx, event, 'ignored');
  },
});

/** Takes the event's id and records its object's version, in one statement since every event of the host does both. */
const CLAIM = prepared(
  'intake-claim',
  `with event as (
     insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, received_at, occurred_at)
     values (?, ?, ?, ?, ?, 'applied', ?, ?) on conflict (event_id) do nothing
     returning aggregate_type, aggregate_id, aggregate_version
   ), raised as (
     insert into aggregate_version as a (aggregate_type, aggregate_id, version) select * from event
     on conflict (aggregate_type, aggregate_id) do update set version = excluded.version
     where a.version < excluded.version returning version
   )
   select exists (select from event) as claimed, exists (select from raised) as newest`,
);

/**
 * `claimed`: the event was not taken in before; `newest`: neither the same nor a newer version of its object was seen.
 * Locks the object's row until commit.
 */
async function claim({ em, now }: ServiceContext, { id, type, aggregate, occurredAt }: HostEvent) {
  const [row] = await executePrepared<{ claimed: boolean; newest: boolean }>(em, CLAIM, [
    id,
    type,
    aggregate.type,
    aggregate.id,
    aggregate.version,
    now,
    new Date(occurredAt),
  ]);
  return row!;
}

async function apply(ctx: ServiceContext, event: HostEvent, newest: boolean): Promise<boolean> {
  const handle = handlers[event.type] as (ctx: ServiceContext, event: HostEvent, newest: boolean) => Promise<boolean>;
  return handle(ctx, event, newest);
}

async function settle({ em }: ServiceContext, event: HostEvent, outcome: 'stale' | 'ignored'): Promise<IntakeOutcome> {
  await em.execute('update inbox set outcome = ? where event_id = ?', [outcome, event.id]);
  return { outcome };
}
