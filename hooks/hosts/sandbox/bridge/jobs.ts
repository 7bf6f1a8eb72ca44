import { setTimeout as sleep } from 'node:timers/promises';
import { deliverDue } from '../../../bridge/deliver-outbox.ts';
import { oneAtATime } from '../../../bridge/one-at-a-time.ts';
import { pullPriceLists } from '../../../bridge/pull-price-lists.ts';
import { NEVER_MS } from '../../../bridge/store.ts';
import type { HostHealth } from '../../../contract/index.ts';
import { PluginError } from '../../../transport/plugin-error.ts';
import type { PluginPort } from '../../../transport/plugin-port.ts';
import { runDaily } from '../daily-run.ts';
import { readFaults } from '../faults.ts';
import { momentOf, realMoment, type Host } from '../host.ts';

/** The bridge's work beside the buyers: pull price lists, deliver events. Its failures are shown to staff and change nothing else. */
export function createBridgeJobs(host: Host, plugin: PluginPort) {
  /** What the jobs noticed; empty text = not yet, or no error. `pluginError` is the code of the error since the last pull. */
  const status = { pulledAt: '', pullError: '', deliveredAt: '', deliveryError: '', pluginError: '', cronAt: '' };
  const timers: NodeJS.Timeout[] = [];
  let stopped = false;

  /** Brings the price lists up to date; tells whether it could. */
  async function pull(): Promise<boolean> {
    try {
      await pullPriceLists(host.store, plugin, host.now());
      Object.assign(status, { pulledAt: realMoment(host), pullError: '', pluginError: '' });
    } catch (error) {
      status.pullError = error instanceof Error ? error.message : 'failed';
      status.pluginError = error instanceof PluginError ? error.code : 'failed';
    }
    return status.pullError === '';
  }

  /** One run at a time: an event must not go out twice because a slow run is still busy with it. */
  const deliver = oneAtATime(async () => {
    if (stopped) return;
    const report = await deliverDue(host.store, plugin, host.now(), Math.random);
    status.deliveryError = report.error ?? '';
    if (report.delivered > 0) status.deliveredAt = realMoment(host);
  });

  /** What runs every minute: the daily run is due once a day. */
  function cron(): void {
    runDaily(host);
    status.cronAt = realMoment(host);
  }

  function start(): void {
    host.db.onCommit(() => setImmediate(() => void deliver()));
    const jobs = { 1000: deliver, 15_000: pull, 60_000: cron };
    for (const [everyMs, job] of Object.entries(jobs)) timers.push(setInterval(() => void job(), Number(everyMs)));
    cron();
    void pull();
  }

  async function stop(): Promise<void> {
    stopped = true;
    for (const timer of timers) clearInterval(timer);
    await Promise.race([deliver(), sleep(500, undefined, { ref: false })]);
  }

  return { status, pull, deliver, cron, start, stop };
}
export type BridgeJobs = ReturnType<typeof createBridgeJobs>;

/** The bridge's own state, as `describe` reports it. Where nothing limits calls, nothing is said about it. */
export function readHealth(host: Host, { cronAt, pulledAt, pluginError }: BridgeJobs['status']): HostHealth {
  type Waiting = { waiting: number; parked: number; oldestMs: number | null; nextMs: number | null };
  const sql = `SELECT count(*) FILTER (WHERE nextMs < ${NEVER_MS}) AS waiting, count(*) FILTER (WHERE nextMs >= ${NEVER_MS}) AS parked,
    min(atMs) FILTER (WHERE nextMs < ${NEVER_MS}) AS oldestMs,
    min(nextMs) FILTER (WHERE nextMs < ${NEVER_MS}) AS nextMs FROM outbox WHERE deliveredMs IS NULL`;
  const { waiting = 0, parked = 0, oldestMs = null, nextMs = null } = host.db.get<Waiting>(sql) ?? {};
  const oldestSeconds = oldestMs === null ? null : Math.max(0, Math.round((host.realNow() - oldestMs) / 1000));
  const { hooksOff, nativeCheckoutBroken: isBroken } = readFaults(host);
  return {
    moduleVersion: '1.0.0',
    clock: realMoment(host),
    cronAt: cronAt || null,
    hooksConnected: !hooksOff,
    priceRevision: host.store.readIndex()?.index.revision ?? null,
    outbox: { waiting, oldestSeconds, parked, ...(nextMs && { nextTryAt: momentOf(nextMs) }) },
    nativeCheckout: { enabled: true, works: !isBroken, reason: isBroken ? 'The self-test was told to fail.' : null },
    plugin: { reachedAt: pulledAt || null, error: pluginError || null },
  };
}
