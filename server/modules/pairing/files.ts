import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type InstallationKeys,
  keysFrom,
  readOrCreateKeys,
  rotateKey,
  writeKeys,
} from '../../../hooks/transport/keys.ts';
import { replaceSecretFile } from '../../../hooks/transport/secret-file.ts';

const rings = ['hostToPlugin', 'pluginToHost', 'session'] as const;
const access = z.object({ token: z.string().min(1).max(500) });

export const keyFile = (dataDir: string): string => join(dataDir, 'installation-keys.json');
const accessFile = (dataDir: string): string => join(dataDir, 'host-access.json');

/** The token of our staff account in the host, as the module gave it; null when there is none. */
export function readAccess(dataDir: string): string | null {
  try {
    return access.parse(JSON.parse(readFileSync(accessFile(dataDir), 'utf8'))).token;
  } catch {
    return null;
  }
}

/** Keeps the host's token (0600). The file appears whole or not at all. */
export function writeAccess(dataDir: string, token: string): void {
  replaceSecretFile(accessFile(dataDir), `${JSON.stringify({ token }, null, 2)}\n`);
}

/**
 * The keys for a pairing: those of the file the first time, new ones after that. A ring keeps the key before, so that
 * both ends understand each other until the host has taken over the new one, and when its answer is lost.
 * @param held id of the newest key that holds; keys in front of it are of a pairing that did not come about
 */
export function keysForPairing(dataDir: string, held: string | null): InstallationKeys {
  const keys = readOrCreateKeys(keyFile(dataDir));
  if (held === null) return keys;
  const known = keysFrom(keys, held);
  const renewed = rings.reduce((changed, ring) => rotateKey(changed, ring), known);
  writeKeys(keyFile(dataDir), renewed);
  return renewed;
}
