import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Environment } from '../../env.ts';
import { isAlive } from '../postgres/cluster.ts';
import { startEmbeddedPostgres } from '../postgres/embedded.ts';

const DATABASE = 'reseller';

export interface ProvidedDatabase {
  url: string;
  /** Stops the embedded server if this process is the one to do so. */
  release(): Promise<void>;
}

/**
 * The database to use: DATABASE_URL if set, else the embedded PostgreSQL of the data folder. The process that started
 * the server stops it; when that one was killed, the next to come becomes responsible.
 */
export async function provideDatabase(env: Pick<Environment, 'databaseUrl' | 'dataDir'>): Promise<ProvidedDatabase> {
  if (env.databaseUrl !== undefined) return { url: env.databaseUrl, release: async () => {} };
  const server = await startEmbeddedPostgres(env.dataDir);
  const ownerFile = join(env.dataDir, 'postgres-owner');
  const owner = readOwner(ownerFile);
  const responsible = server.startedHere || owner === null || !isAlive(owner);
  if (responsible) writeFileSync(ownerFile, String(process.pid), { mode: 0o600 });
  await createDatabase(server.url('postgres'), DATABASE);
  return {
    url: server.url(DATABASE),
    release: async () => {
      if (responsible) await server.stop();
    },
  };
}

/** Makes the database unless it exists. `name` is ours, never input. */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const orm = await MikroORM.init({ clientUrl: adminUrl, entities: [], discovery: { warnWhenNoEntities: false } });
  try {
    const [known] = await orm.em.fork().execute<unknown[]>('select 1 from pg_database where datname = ?', [name]);
    if (!known) await orm.em.fork().execute(`create database ${name}`);
  } catch (error) {
    // Another process was faster.
    if (!/already exists|unique/i.test(String(error))) throw error;
  } finally {
    await orm.close(true);
  }
}

function readOwner(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
