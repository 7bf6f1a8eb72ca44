import { deliverDue } from '../../../bridge/deliver-outbox.ts';
import { pullPriceLists } from '../../../bridge/pull-price-lists.ts';
import { PluginError } from '../../../transport/plugin-error.ts';
import type { PluginPort } from '../../../transport/plugin-port.ts';
import { runDaily } from '../daily-run.ts';
import type { Host } from '../host.ts';
import { realMoment } from './health.ts';

/** The bridge's work beside the buyers: pull price lists, deliver events. Its failures are shown to staff and change nothing else. */
export function createBridgeJobs(host: Host, plugin: PluginPort) {
  const status = { pulledAt: '', pullError: '', deliveredAt: '', deliveryError: '', pluginError: '', cronAt: '' };
  const timers: NodeJS.Timeout[] = [];
  let delivering: Promise<void> | null = null;
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

  async function deliverOnce(): Promise<void> {
    const report = await deliverDue(host.store, plugin, host.now(), Math.random);
    status.deliveryError = report.error ?? '';
    if (report.delivered > 0) status.deliveredAt = realMoment(host);
    delivering = null;
  }

  /** One run at a time: an event must not go out twice because a slow run is still busy with it. */
  async function deliver(): Promise<void> {
    if (!stopped) await (delivering ??= deliverOnce());
  }

  /** What runs every minute: the daily run is due once a day. */
  function cron(): void {
    runDaily(host);
    status.cronAt = realMoment(host);
  }

  function start(): void {
    host.db.onCommit(() => setImmediate(() => void deliver()));
    timers.push(setInterval(() => void deliver(), 1000));
    timers.push(setInterval(() => void pull(), 15_000));
    timers.push(setInterval(cron, 60_000));
    cron();
    void pull();
  }

  async function stop(): Promise<void> {
    stopped = true;
    for (const timer of timers) clearInterval(timer);
    await Promise.race([delivering, new Promise((done) => setTimeout(done, 500).unref())]);
  }

  return { status, pull, deliver, cron, start, stop };
}
export type BridgeJobs = ReturnType<typeof createBridgeJobs>;
