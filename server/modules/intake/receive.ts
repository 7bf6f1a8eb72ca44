import { z } from 'zod';
import { events, type HostEvent, hostEvent } from '../../../hooks/contract/index.ts';
import { handlers } from '../../../hooks/lifecycle/index.ts';
import type { ServiceContext } from '../../context.ts';
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
    if (!(await claim(ctx, event))) return { outcome: 'duplicate' };
    const newest = await raiseVersion(ctx, event);
    const isState = events[event.type].nature === 'state';
    if (isState && !newest) return settle(ctx, event, 'stale');
    const applied = await apply(ctx, event, newest);
    await ctx.em.flush();
    return applied ? { outcome: 'applied' } : settle(ctx, event, 'ignored');
  },
});

async function claim({ em, now }: ServiceContext, event: HostEvent): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `insert into inbox (event_id, type, aggregate_type, aggregate_id, aggregate_version, outcome, received_at)
     values (?, ?, ?, ?, ?, 'applied', ?) on conflict (event_id) do nothing returning event_id`,
    [event.id, event.type, event.aggregate.type, event.aggregate.id, event.aggregate.version, now],
  );
  return rows.length === 1;
}

/** Records the version; false if the same or a newer one was seen. Locks the object's row until commit. */
async function raiseVersion({ em }: ServiceContext, { aggregate }: HostEvent): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `insert into aggregate_version as a (aggregate_type, aggregate_id, version) values (?, ?, ?)
     on conflict (aggregate_type, aggregate_id) do update set version = excluded.version
     where a.version < excluded.version returning version`,
    [aggregate.type, aggregate.id, aggregate.version],
  );
  return rows.length === 1;
}

async function apply(ctx: ServiceContext, event: HostEvent, newest: boolean): Promise<boolean> {
  const handle = handlers[event.type] as (ctx: ServiceContext, event: HostEvent, newest: boolean) => Promise<boolean>;
  return handle(ctx, event, newest);
}

async function settle({ em }: ServiceContext, event: HostEvent, outcome: 'stale' | 'ignored'): Promise<IntakeOutcome> {
  await em.execute('update inbox set outcome = ? where event_id = ?', [outcome, event.id]);
  return { outcome };
}
