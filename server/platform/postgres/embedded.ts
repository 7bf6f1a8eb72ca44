import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { canReach } from './account.ts';
import { packagedPostgres, reachablePostgres } from './binaries.ts';
import { type RunningCluster, startCluster, stopCluster } from './cluster.ts';

export interface EmbeddedPostgres extends RunningCluster {
  /** Connection string of a database on it. Holds the password: never log it. */
  url(database: string): string;
  stop(): Promise<void>;
}

/**
 * The PostgreSQL that runs when no DATABASE_URL is set: real binaries, in `dataDir`, on a free port of 127.0.0.1,
 * scram with a random password. As root in a folder that the unprivileged account cannot enter, cluster and binaries
 * live below /var/lib/reseller-plugin instead; the file postgres-folder in `dataDir` says where.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  options: { settings?: string[]; home?: string } = {},
): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const native = packagedPostgres();
  const inside = join(resolve(dataDir), 'postgres');
  const home = options.home ?? (canReach(inside) ? null : outsideHome(dataDir));
  const cluster = await startCluster({
    binaries: canReach(join(native, 'bin', 'postgres')) ? native : reachablePostgres(native, sharedHome()),
    folder: home ?? inside,
    passwordFile: join(dataDir, 'postgres-password'),
    ...(options.settings ? { settings: options.settings } : {}),
  });
  return {
    ...cluster,
    url: (database) =>
      `postgresql://reseller:${encodeURIComponent(cluster.password)}@127.0.0.1:${cluster.port}/${database}`,
    stop: () => stopCluster(cluster.pid),
  };
}

/**
 * A cluster outside belongs to the data folder that names it: a data folder that was deleted and made anew gets a new
 * one, and the old one is left for whoever misses it.
 */
function outsideHome(dataDir: string): string {
  const note = join(dataDir, 'postgres-folder');
  if (!existsSync(note)) writeFileSync(note, join(sharedHome(), randomBytes(8).toString('hex')), { mode: 0o600 });
  return readFileSync(note, 'utf8');
}

/** Only root gets here. Kept over restarts where the system allows it. */
function sharedHome(): string {
  for (const home of ['/var/lib/reseller-plugin', join(tmpdir(), 'reseller-plugin')]) {
    try {
      mkdirSync(home, { recursive: true, mode: 0o755 });
      accessSync(home, constants.W_OK);
      return home;
    } catch {
      continue;
    }
  }
  return tmpdir();
}
