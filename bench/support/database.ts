import { createDatabase } from '../../server/platform/database/provide.ts';
import { startEmbeddedPostgres } from '../../server/platform/postgres/embedded.ts';

export interface BenchDatabase {
  /** Makes an empty database and answers its connection string. */
  create(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** The embedded PostgreSQL as production gets it, with every commit flushed to disk, in a folder of the run. */
export async function startDatabase(folder: string): Promise<BenchDatabase> {
  const server = await startEmbeddedPostgres(folder);
  return {
    create: async (name) => {
      await createDatabase(server.url('postgres'), name);
      return server.url(name);
    },
    stop: () => server.stop(),
  };
}
