import { HostError } from '../../contract/index.ts';
import type { SignedCaller } from './module-caller.ts';

/** Fields with a moment. `expires_at` and `due_at` are days of the provider's calendar and stay as they are. */
const MOMENTS = new Set(['created_at', 'updated_at', 'activated_at', 'paid_at']);
const STORED = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;
/** The zone stands in the host's config.php, which hardly ever changes. */
const KEPT_MS = 300_000;
/** When a module that did not answer is asked again. */
const AGAIN_MS = 30_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Tells the zone that the host writes its moments in: that of its configuration, which our module alone knows.
 * @param configured used without the module, and until it has answered once
 */
export function createZoneReader(module: SignedCaller | null, configured: string, now: () => number) {
  let kept = { until: Number.NEGATIVE_INFINITY, zone: configured };
  return async function zoneOfHost(): Promise<string> {
    if (module === null || now() < kept.until) return kept.zone;
    // Also when it does not answer: its pause must not stop what the host's own API can do.
    kept = await module.describe({}).then(
      ({ zone }) => ({ until: now() + KEPT_MS, zone }),
      () => ({ until: now() + AGAIN_MS, zone: kept.zone }),
    );
    return kept.zone;
  };
}

/** An answer of the host with its moments in UTC, in the host's own form: "2027-01-31 23:44:08". */
export function momentsInUtc(answer: unknown, zone: string): unknown {
  if (zone === 'UTC') return answer;
  if (Array.isArray(answer)) return answer.map((entry) => momentsInUtc(entry, zone));
  if (typeof answer !== 'object' || answer === null) return answer;
  const entries = Object.entries(answer).map(([name, value]) => [
    name,
    MOMENTS.has(name) && typeof value === 'string' ? inUtc(value, zone) : momentsInUtc(value, zone),
  ]);
  return Object.fromEntries(entries);
}

/** @throws HostError bad_answer for a zone that is none */
function inUtc(text: string, zone: string): string {
  const [, day, time] = STORED.exec(text) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(`${day}T${time}Z`))) return text;
  const wall = Date.parse(`${day}T${time}Z`);
  // The offset of a moment near by is right, or one hour off beside a change of the clock: asked twice it is right.
  const guess = wall - offsetAt(wall, zone);
  return new Date(wall - offsetAt(guess, zone)).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds by which the zone's clocks are ahead of UTC. */
function offsetAt(ms: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - ms;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  try {
    const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', second: '2-digit', ...fields });
    formats.set(zone, made);
    return made;
  } catch {
    throw new HostError('bad_answer', `The host is set to a time zone that is unknown here: ${zone}.`);
  }
}
