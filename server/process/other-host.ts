import type { Environment } from '../env.ts';
import { Preflight } from '../platform/preflight.ts';

/** Client 1 of one host is somebody else in another: their data must not meet in one database. */
export function otherHost({ host, databaseUrl }: Environment): Preflight {
  const other = databaseUrl === undefined ? 'another DATA_DIR' : 'another database (DATABASE_URL)';
  return new Preflight(
    `This database holds the resellers of another host, not of ${host} (of the sandbox, if you tried it). Use ${other} for this one.`,
  );
}
