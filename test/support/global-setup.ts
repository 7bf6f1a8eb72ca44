import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect, migrate } from '../../server/platform/database/orm.ts';
import { createDatabase } from '../../server/platform/database/provide.ts';
import { startJobs } from '../../server/platform/jobs/start.ts';
import { createLog } from '../../server/platform/log.ts';
import { chmodSync } from 'node:fs';
import { THROWAWAY } from '../../server/platform/postgres/cluster.ts';
import { startEmbeddedPostgres } from '../../server/platform/postgres/embedded.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    adminUrl: string;
  }
}

/** One PostgreSQL for the whole run, and a migrated template that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'reseller-test-'));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres(folder, { settings: THROWAWAY });
  const admin = server.url('postgres');
  await createDatabase(admin, 'template_reseller');
  const orm = await connect(server.url('template_reseller'));
  await migrate(orm);
  const boss = await startJobs(orm, createLog('silent'));
  await boss.stop({ graceful: false });
  await orm.close(true);
  project.provide('adminUrl', admin);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
