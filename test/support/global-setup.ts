import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { connect, migrate } from '../../server/platform/database/orm.ts';
import { createDatabase } from '../../server/platform/database/provide.ts';
import { startJobs } from '../../server/platform/jobs/start.ts';
import { createLog } from '../../server/platform/log.ts';
import { THROWAWAY } from '../../server/platform/postgres/cluster.ts';
import { startEmbeddedPostgres } from '../../server/platform/postgres/embedded.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    adminUrl: string;
  }
}

interface Ground {
  adminUrl: string;
  leave(): Promise<void>;
}
/** The projects of a run load this file each for itself; what they share hangs here. */
const SHARED = Symbol.for('reseller.test-ground');
const shared = globalThis as { [SHARED]?: { ground: Promise<Ground>; users: number } };

/** One PostgreSQL for the whole run, and a migrated template that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const held = (shared[SHARED] ??= { ground: prepare(), users: 0 });
  held.users += 1;
  const { adminUrl, leave } = await held.ground;
  project.provide('adminUrl', adminUrl);
  return async () => {
    held.users -= 1;
    if (held.users > 0) return;
    delete shared[SHARED];
    await leave();
  };
}

async function prepare(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'reseller-test-'));
  chmodSync(folder, 0o755);
  const compiled = keepCompiled(join(folder, 'compiled'));
  const server = await startEmbeddedPostgres(folder, { settings: THROWAWAY });
  const adminUrl = server.url('postgres');
  await createDatabase(adminUrl, 'template_reseller');
  const orm = await connect(server.url('template_reseller'));
  await migrate(orm);
  const boss = await startJobs(orm, createLog('silent'));
  await boss.stop({ graceful: false });
  await orm.close(true);
  await compiled;
  return {
    adminUrl,
    leave: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Processes that tests start load the service in half the time where one has left what it compiled. Those that are killed
 * leave nothing, so one goes ahead.
 */
async function keepCompiled(folder: string): Promise<void> {
  process.env['NODE_COMPILE_CACHE'] = folder;
  const service = new URL('../../server/service.ts', import.meta.url).href;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', `await import('${service}')`]);
}
