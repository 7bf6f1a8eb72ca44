import type { ServiceContext } from '../../context.ts';
import type { Outcome } from './deliver.ts';
import { askedPause, GIVE_UP_MS, pauseAfter } from './schedule.ts';
import { switchOff } from './switch-off.ts';

/** Writes down how attempts went: log, what is next for each delivery, and how its endpoint fares. */
export async function settle(ctx: ServiceContext, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const lost = await ctx.em.fork().transactional(async (em) => {
    await writeAttempts({ ...ctx, em }, outcomes);
    return writeHealth({ ...ctx, em }, outcomes);
  });
  for (const { id, reason } of lost) await switchOff(ctx, id, reason);
}

async function writeAttempts({ em }: ServiceContext, outcomes: readonly Outcome[]): Promise<void> {
  const rows = outcomes.map(({ delivery, at, milliseconds, status, error, answer, retryAfterSeconds }) => {
    const ended = at.getTime() + milliseconds;
    const pause = pauseAfter(delivery.attempt, Math.random());
    const state = error === null ? 'delivered' : pause === null ? 'failed' : 'waiting';
    const next = state === 'waiting' ? new Date(ended + Math.max(pause ?? 0, askedPause(retryAfterSeconds))) : null;
    const finished = state === 'waiting' ? null : new Date(ended);
    const { id, attempt } = delivery;
    return { id, attempt, at, milliseconds, status, error, answer, state, next, finished };
  });
  // What another worker has taken over meanwhile is its own to settle; that it was delivered holds in any
  // case, also of one that was stopped on its way.
  await em.execute(
    `with r as (
       select * from jsonb_to_recordset(?::jsonb) as r (id text, attempt int, at timestamptz, milliseconds int, status int,
         error text, answer text, state text, next timestamptz, finished timestamptz)
     ), logged as (
       insert into webhook_attempt (delivery_id, number, at, milliseconds, status, error, answer)
       select r.id, r.attempt, r.at, r.milliseconds, r.status, r.error, r.answer
         from r join webhook_delivery d on d.id = r.id
       on conflict do nothing
     )
     update webhook_delivery d set state = r.state, next_at = r.next, lease_until = null, last_status = r.status,
            last_error = r.error, finished_at = r.finished, last_at = r.at, last_milliseconds = r.milliseconds
       from r where d.id = r.id and (d.state = 'waiting' and d.attempts = r.attempt
                                     or d.state in ('waiting', 'stopped') and r.state = 'delivered')`,
    [JSON.stringify(rows)],
  );
}

/** Answers which endpoints are to be switched off. */
async function writeHealth({ em }: ServiceContext, outcomes: readonly Outcome[]) {
  const failures = outcomes.filter(({ error }) => error !== null);
  const well = outcomes.filter(({ error }) => error === null).map(({ delivery }) => delivery.endpointId);
  if (well.length > 0) {
    await em.execute(
      'update webhook_endpoint set failing_since = null, hold_until = null where id in (?) and failing_since is not null',
      [well],
    );
  }
  const lost: { id: string; reason: 'gone' | 'failing' }[] = [];
  for (const { delivery, at, status, retryAfterSeconds } of failures) {
    if (well.includes(delivery.endpointId)) continue;
    const asked = askedPause(retryAfterSeconds);
    const [row] = await em.execute<{ since: string | Date }[]>(
      `update webhook_endpoint set failing_since = coalesce(failing_since, ?), hold_until = coalesce(?, hold_until)
        where id = ? returning failing_since as since`,
      [at, asked > 0 ? new Date(at.getTime() + asked) : null, delivery.endpointId],
    );
    if (!row) continue;
    if (status === 410) lost.push({ id: delivery.endpointId, reason: 'gone' });
    else if (at.getTime() - new Date(row.since).getTime() >= GIVE_UP_MS)
      lost.push({ id: delivery.endpointId, reason: 'failing' });
  }
  return lost;
}
