import { allCases } from './cases/index.ts';
import { drivers } from './drivers/index.ts';
import type { ConformanceReport } from './report.ts';
import { runSuite } from './suite.ts';

/**
 * Starts a host of this kind with fresh data, and runs every case against its bridge over signed HTTP.
 * @throws Error when there is no driver for this kind, or the host cannot be started
 */
export async function runConformance(host: string): Promise<ConformanceReport> {
  const start = Object.hasOwn(drivers, host) ? drivers[host as keyof typeof drivers] : undefined;
  if (start) return await runSuite(host, start, allCases);
  throw new Error(`There is no conformance driver for "${host}". Choose: ${Object.keys(drivers).join(', ')}.`);
}
