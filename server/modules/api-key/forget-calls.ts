import type { ServiceContext } from '../../context.ts';
import { TOLERANCE_SECONDS } from './signed.ts';
import { loadSettings } from '../settings/load.ts';

/** Answers to requests with an Idempotency-Key are kept for so long, as Stripe does. */
const ANSWERS_KEPT = '24 hours';

/** Deletes calls that are older than the settings keep them, answers that nobody can ask for again, idle counters. */
export async function forgetCalls({ em, now }: ServiceContext): Promise<void> {
  const { callLogDays } = await loadSettings(em, 'retention');
  await em.execute(`delete from api_call where at < ?::timestamptz - make_interval(days => ?::int)`, [
    now,
    callLogDays,
  ]);
  await em.execute(`delete from api_idempotency where created_at < ?::timestamptz - interval '${ANSWERS_KEPT}'`, [now]);
  await em.execute(`delete from api_message where at < ?::timestamptz - make_interval(secs => ?)`, [
    now,
    // A request may be signed as far ahead of our clock as it may come late.
    2 * TOLERANCE_SECONDS,
  ]);
  await em.execute(`delete from api_rate where started_at < ?::timestamptz - interval '1 hour'`, [now]);
}
