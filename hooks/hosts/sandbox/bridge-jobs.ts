import { deliverDue } from '../../bridge/deliver-outbox.ts';
import { pullPriceLists } from '../../bridge/pull-price-lists.ts';
import type { PluginPort } from '../../transport/plugin-port.ts';
import { runDaily } from './daily-run.ts';
import { momentNow, type Host } from './host.ts';

const TICK_MS = 1000;
const PULL_MS = 15_000;

/** What staff see of the connection to the plugin. */
export type BridgeStatus = {
  pulledAt: string | null;
  pullError: string | null;
  deliveredAt: string | null;
  deliveryError: string | null;
};

/** The bridge's work beside the buyers: pull price lists, deliver events. Its failures are shown and change nothing else. */
export function createBridgeJobs(host: Host, plugin: PluginPort) {
  const status: BridgeStatus = { pulledAt: null, pullError: null, deliveredAt: null, deliveryError: null };
  let delivering: Promise<void> | null = null;
  let timers: NodeJS.Timeout[] = [];
  let stopped = false;

  async function pull(): Promise<boolean> {
    try {
      await pullPriceLists(host.store, plugin, host.now());
      Object.assign(status, { pulledAt: momentNow(host), pullError: null });
    } catch (error) {
      status.pullError = error instanceof Error ? error.message : 'failed';
    }
    return status.pullError === null;
  }

  async function deliverOnce(): Promise<void> {
    const report = await deliverDue(host.store, plugin, host.now(), Math.random);
    status.deliveryError = report.error;
    if (report.delivered > 0) status.deliveredAt = momentNow(host);
  }
  /** One run at a time: an event must not go out twice because a slow run is still busy with it. */
  function deliver(): Promise<void> {
    if (stopped) return Promise.resolve();
    delivering ??= deliverOnce().finally(() => (delivering = null));
    return delivering;
  }

  return {
    status,
    pull,
    deliver,
    start() {
      host.db.onCommit(() => setImmediate(() => void deliver()));
      const every = (ms: number, work: () => unknown) => timers.push(setInterval(work, ms));
      every(TICK_MS, () => void deliver());
      every(TICK_MS * 60, () => runDaily(host));
      every(PULL_MS, () => void pull());
      void pull();
    },
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      timers = [];
      await Promise.race([delivering, new Promise((done) => setTimeout(done, 500).unref())]);
    },
  };
}
export type BridgeJobs = ReturnType<typeof createBridgeJobs>;
