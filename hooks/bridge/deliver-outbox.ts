import type { IntakeResult } from '../contract/index.ts';
import { MAX_EVENTS_PER_DELIVERY } from '../contract/intake-answer.ts';
import { PluginError } from '../transport/plugin-error.ts';
import type { PluginPort } from '../transport/plugin-port.ts';
import { NEVER_MS, type BridgeStore } from './store.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Wait before each attempt, the first included; the last one is repeated. Nothing is given up while it is kept. */
const schedule = [0, 5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 24 * HOUR] as const;

/** Deliveries in one run, so that a long queue does not hold a host's cron for ever. */
const MAX_ROUNDS = 50;

/** What a run did. `error` is the reason it ended early, in words without addresses or bodies. */
export interface DeliveryReport {
  delivered: number;
  parked: number;
  failed: number;
  error: string | null;
  /** The plugin says that it was removed here: stop delivering until it is paired again. */
  gone: boolean;
}

type Due = ReturnType<BridgeStore['dueEvents']>[number];

/**
 * Sends what is due in the outbox. One event of each aggregate at a time, oldest first, so that the plugin sees the
 * changes of one thing in order. Failed events wait 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, then 24 h each time,
 * ± 20 %, longer if the plugin asks for it. An event that the plugin refuses for good is parked. Never throws.
 * @param nowMs the host's clock in UTC milliseconds.
 * @param random a number from 0 up to 1.
 */
export async function deliverDue(
  store: BridgeStore,
  plugin: PluginPort,
  nowMs: number,
  random: () => number,
): Promise<DeliveryReport> {
  const report: DeliveryReport = { delivered: 0, parked: 0, failed: 0, error: null, gone: false };
  try {
    for (let round = 0; round < MAX_ROUNDS && report.error === null; round += 1) {
      const batch = firstOfEach(store.dueEvents(nowMs, MAX_EVENTS_PER_DELIVERY));
      if (batch.length === 0) break;
      await deliver({ store, plugin, nowMs, random, report }, batch);
    }
  } catch {
    report.error = 'The outbox could not be read or written.';
  }
  return report;
}

interface Run {
  store: BridgeStore;
  plugin: PluginPort;
  nowMs: number;
  random: () => number;
  report: DeliveryReport;
}

function firstOfEach(due: Due[]): Due[] {
  const seen = new Set<string>();
  return due.filter(({ event: { aggregate } }) => {
    const name = `${aggregate.type}:${aggregate.id}`;
    return seen.has(name) ? false : seen.add(name);
  });
}

async function deliver(run: Run, batch: Due[]): Promise<void> {
  let results: IntakeResult[];
  try {
    results = await run.plugin.sendEvents(batch.map(({ event }) => event));
  } catch (error) {
    return await handleFailure(run, batch, error);
  }
  const outcomes = new Map(results.map((result) => [result.id, result]));
  for (const due of batch) {
    const result = outcomes.get(due.event.id);
    if (result === undefined) fail(run, due, 'The plugin did not take this event.');
    else if (result.outcome === 'parked') park(run, due, result.message ?? 'The plugin parked this event.');
    else {
      run.store.markDelivered(due.sequence);
      run.report.delivered += 1;
    }
  }
}

/** A whole delivery failed. If it was refused for what is in it, its events are sent one by one to find which. */
async function handleFailure(run: Run, batch: Due[], error: unknown): Promise<void> {
  const known = error instanceof PluginError ? error : new PluginError('bad_answer');
  if (known.code === 'refused' && batch.length > 1) {
    for (const due of batch) {
      await deliver(run, [due]);
      if (run.report.error !== null) return;
    }
    return;
  }
  if (known.code === 'refused') {
    for (const due of batch) park(run, due, known.message);
    return;
  }
  for (const due of batch) fail(run, due, known.message, known.retryAfterSeconds);
  run.report.error = known.message;
  run.report.gone = known.code === 'gone';
}

function park(run: Run, due: Due, reason: string): void {
  run.store.markFailed(due.sequence, due.attempts + 1, NEVER_MS, reason);
  run.report.parked += 1;
}

function fail(run: Run, due: Due, reason: string, retryAfterSeconds = 0): void {
  const attempts = due.attempts + 1;
  const wait = schedule[Math.min(attempts, schedule.length - 1)] ?? 24 * HOUR;
  const jittered = Math.round(wait * (0.8 + 0.4 * run.random()));
  const nextAttemptMs = run.nowMs + Math.max(jittered, retryAfterSeconds * SECOND);
  run.store.markFailed(due.sequence, attempts, nextAttemptMs, reason);
  run.report.failed += 1;
}
