import type { HostEvent } from '../contract/index.ts';
import { NEVER_MS, type BridgeStore } from './store.ts';

type Outbox = Pick<
  BridgeStore,
  'appendEvent' | 'dueEvents' | 'markDelivered' | 'markFailed' | 'wakeEvents' | 'eventsAfter'
>;

const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

/** The outbox of a store in memory. Keeps delivered events for 30 days of the events' own time. */
export function createMemoryOutbox(): Outbox {
  const kept = new Map<number, HostEvent>();
  const waiting = new Map<number, { attempts: number; nextAttemptMs: number }>();
  const ids = new Set<string>();
  let lastSequence = 0;

  function dropOld(nowMs: number): void {
    for (const [sequence, event] of kept) {
      if (Date.parse(event.occurredAt) > nowMs - KEEP_MS) return;
      if (waiting.has(sequence)) continue;
      kept.delete(sequence);
      ids.delete(event.id);
    }
  }

  return {
    appendEvent(event) {
      // A host hook may run twice for one change; an event is appended once.
      if (ids.has(event.id)) return;
      lastSequence += 1;
      ids.add(event.id);
      kept.set(lastSequence, structuredClone(event));
      waiting.set(lastSequence, { attempts: 0, nextAttemptMs: 0 });
      dropOld(Date.parse(event.occurredAt));
    },
    dueEvents(nowMs, limit) {
      const due: ReturnType<Outbox['dueEvents']> = [];
      const seen = new Set<string>();
      for (const [sequence, { attempts, nextAttemptMs }] of waiting) {
        if (due.length >= limit) break;
        const event = kept.get(sequence);
        if (event === undefined || nextAttemptMs === NEVER_MS) continue;
        const aggregate = `${event.aggregate.type}:${event.aggregate.id}`;
        if (!seen.has(aggregate) && nextAttemptMs <= nowMs) due.push({ sequence, attempts, event });
        seen.add(aggregate);
      }
      return due;
    },
    markDelivered(sequence) {
      waiting.delete(sequence);
    },
    markFailed(sequence, attempts, nextAttemptMs) {
      if (waiting.has(sequence)) waiting.set(sequence, { attempts, nextAttemptMs });
    },
    wakeEvents() {
      for (const one of waiting.values()) if (one.nextAttemptMs !== NEVER_MS) one.nextAttemptMs = 0;
    },
    eventsAfter(after, limit) {
      const found: ReturnType<Outbox['eventsAfter']> = [];
      for (const [sequence, event] of kept) {
        if (found.length >= limit) break;
        if (sequence > after) found.push({ sequence, event });
      }
      return found;
    },
  };
}
