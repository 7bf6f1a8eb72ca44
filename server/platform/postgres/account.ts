import { chownSync, lstatSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** PostgreSQL refuses to run as root: as root it is run as this unprivileged account ("nobody" on Linux and macOS). */
const NOBODY = 65534;

/** Spawn options that give up root, empty for a normal user. */
export function unprivileged(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** Hands a file or folder to the account PostgreSQL runs as. */
export function handOver(path: string): void {
  const { uid, gid } = unprivileged();
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

/** True if the account PostgreSQL runs as can enter every folder above `path`. */
export function canReach(path: string): boolean {
  const { uid } = unprivileged();
  if (uid === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const stat = lstatSync(folder);
    if ((stat.mode & 0o001) === 0 && stat.uid !== uid) return false;
    if (folder === dirname(folder)) return true;
  }
}
