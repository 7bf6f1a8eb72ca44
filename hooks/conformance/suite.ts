import type { Capability } from '../contract/index.ts';
import { createHttpHostPort } from '../transport/http-host-port.ts';
import { createKeys } from '../transport/keys.ts';
import { NotApplicable, type ConformanceCase } from './case.ts';
import type { StartDriver } from './driver.ts';
import { listen } from '../transport/listen.ts';
import { createReferencePlugin } from './plugin/reference-plugin.ts';
import { serveReferencePlugin } from './plugin/serve.ts';
import type { ConformanceReport } from './report.ts';
import { createTrial, type Trial } from './trial.ts';

const CASE_TIMEOUT_MS = 45_000;

/** Runs these cases against one host, which is started for it and stopped afterwards. */
export async function runSuite(
  host: string,
  start: StartDriver,
  cases: readonly ConformanceCase[],
): Promise<ConformanceReport> {
  const keys = createKeys();
  let answer: ((request: Request) => Promise<Response>) | undefined;
  const web = await listen(async (request) => (await answer?.(request)) ?? new Response(null, { status: 503 }));
  try {
    const driver = await start({ keys, pluginUrl: web.url });
    try {
      const plugin = createReferencePlugin(driver.clients.reseller);
      answer = serveReferencePlugin(plugin, keys);
      const port = driver.port ?? createHttpHostPort({ baseUrl: driver.baseUrl, keys, timeoutMs: 20_000 });
      const trial = await createTrial({ driver, keys, port, plugin });
      await driver.pull();
      return await runCases(host, trial, cases);
    } finally {
      await driver.stop();
    }
  } finally {
    await web.stop();
  }
}

async function runCases(host: string, trial: Trial, cases: readonly ConformanceCase[]): Promise<ConformanceReport> {
  const report: ConformanceReport = { host, passed: 0, failed: 0, skipped: [], failures: [] };
  for (const one of cases) {
    const why = whatIsMissing(one, trial);
    if (why !== null) {
      report.skipped.push({ id: one.id, why });
      continue;
    }
    try {
      await withTimeout(one.run(trial));
      report.passed += 1;
    } catch (error) {
      if (error instanceof NotApplicable) report.skipped.push({ id: one.id, why: error.message });
      else {
        report.failed += 1;
        report.failures.push({ id: one.id, message: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  return report;
}

function whatIsMissing({ capabilities = [], levers = [] }: ConformanceCase, { about, driver }: Trial): string | null {
  const lacks = (capabilities as readonly Capability[]).filter((name) => !about.capabilities.includes(name));
  if (lacks.length > 0) return `the host does not have: ${lacks.join(', ')}`;
  const missing = levers.filter((name) => driver.levers[name] === undefined);
  return missing.length > 0 ? `the driver cannot: ${missing.join(', ')}` : null;
}

async function withTimeout(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, failed) => {
    timer = setTimeout(() => failed(new Error(`not done after ${CASE_TIMEOUT_MS / 1000} s`)), CASE_TIMEOUT_MS);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
