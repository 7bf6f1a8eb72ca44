import { hostEvent, type IntakeResult } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { receiveEvent } from './receive.ts';
import { parkEvent } from './park.ts';

/** An event as it came in, of whatever shape; its id is all that was checked. */
export type IncomingEvent = { id: string; type?: unknown };

/**
 * Takes in a delivery, each event by itself: one that does not fit is kept aside and the others are applied. An event
 * without a result was not taken (the database was away, say): the bridge sends it again.
 */
export async function takeIn(context: () => ServiceContext, events: IncomingEvent[]): Promise<IntakeResult[]> {
  const results: IntakeResult[] = [];
  for (const raw of events) {
    const ctx = context();
    const parsed = hostEvent.safeParse(raw);
    try {
      if (!parsed.success) results.push(await park(ctx, raw, faultOf(parsed.error)));
      else {
        const { outcome } = await receiveEvent(ctx, { event: parsed.data });
        results.push({ id: raw.id, outcome: outcome === 'ignored' ? 'applied' : outcome });
      }
    } catch (error) {
      if (isUnfit(error)) results.push(await park(ctx, raw, error.message));
      else
        ctx.log.error({ event: raw.id, error: error instanceof Error ? error.message : 'unknown' }, 'event not taken');
    }
  }
  return results;
}

/** The event itself is at fault, so that sending it again changes nothing. Everything else passes: not taken, sent again. */
function isUnfit(error: unknown): error is Error {
  return error instanceof RangeError || (error instanceof ServiceError && error.code === 'bad_input');
}

async function park(ctx: ServiceContext, raw: IncomingEvent, reason: string): Promise<IntakeResult> {
  const message = reason.slice(0, 300);
  await parkEvent(ctx, { id: raw.id, type: String(raw.type ?? 'unknown').slice(0, 60), body: raw, reason: message });
  return { id: raw.id, outcome: 'parked', message };
}

function faultOf(error: { issues: { path: PropertyKey[]; message: string }[] }): string {
  const [issue] = error.issues;
  return issue ? `/${issue.path.map(String).join('/')}: ${issue.message}` : 'The event does not fit the contract.';
}
