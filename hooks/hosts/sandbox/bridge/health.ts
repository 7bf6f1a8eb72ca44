import { NEVER_MS } from '../../../bridge/store.ts';
import type { HostHealth } from '../../../contract/index.ts';
import type { Host } from '../host.ts';
import { readFaults } from '../faults.ts';

/** Real time as the contract writes it: signatures and people go by it, business by the dialled clock. */
export const realMoment = (host: Host): string => `${new Date(host.realNow()).toISOString().slice(0, 19)}Z`;

/** What the jobs of the bridge noticed. Empty text = not yet, or no error. */
interface JobStatus {
  pulledAt: string;
  /** Code of the error since the last pull. */
  pluginError: string;
  cronAt: string;
}

/** The bridge's own state, as `describe` reports it. Where nothing limits calls, nothing is said about it. */
export function readHealth(host: Host, status: JobStatus): HostHealth {
  type Waiting = { waiting: number; parked: number; oldestMs: number | null };
  const sql = `SELECT count(*) FILTER (WHERE nextMs < ${NEVER_MS}) AS waiting, count(*) FILTER (WHERE nextMs >= ${NEVER_MS}) AS parked,
    min(atMs) FILTER (WHERE nextMs < ${NEVER_MS}) AS oldestMs FROM outbox WHERE deliveredMs IS NULL`;
  const { waiting = 0, parked = 0, oldestMs = null } = host.db.get<Waiting>(sql) ?? {};
  const oldestSeconds = oldestMs === null ? null : Math.max(0, Math.round((host.realNow() - oldestMs) / 1000));
  const { hooksOff, nativeCheckoutBroken } = readFaults(host);
  return {
    moduleVersion: '1.0.0',
    clock: realMoment(host),
    cronAt: status.cronAt || null,
    hooksConnected: !hooksOff,
    priceRevision: host.store.readIndex()?.index.revision ?? null,
    outbox: { waiting, oldestSeconds, parked },
    nativeCheckout: {
      enabled: true,
      works: !nativeCheckoutBroken,
      reason: nativeCheckoutBroken ? 'The self-test was told to fail.' : null,
    },
    plugin: { reachedAt: status.pulledAt || null, error: status.pluginError || null },
  };
}
