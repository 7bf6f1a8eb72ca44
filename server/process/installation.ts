import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type InstallationKeys, keysFrom, readOrCreateKeys } from '../../hooks/transport/keys.ts';
import type { Environment } from '../env.ts';
import { keyFile, readAccess } from '../modules/pairing/files.ts';
import { oldKeysHold, readPairing } from '../modules/pairing/state.ts';

/** What this process needs to serve, or why it cannot. `stamp` changes when any of it does. */
export type Installation =
  | { ready: true; stamp: string; keys: InstallationKeys; token: string | null }
  | { ready: false; paired: boolean; reason: string };

/**
 * The pairing that holds, from the database, with its secrets from this process's files.
 * @throws KeyFileError, or when the database is away
 */
export async function readInstallation(em: EntityManager, env: Environment, now: Date): Promise<Installation> {
  const pairing = await readPairing(em);
  if (!pairing) {
    return {
      ready: false,
      paired: false,
      reason: 'enter the code in the settings of the module Reseller in the host.',
    };
  }
  const held = readOrCreateKeys(keyFile(env.dataDir));
  if (!held.hostToPlugin.some(({ id }) => id === pairing.keyId)) {
    const reason = `the keys in ${env.dataDir} are not those of the pairing. Give all processes the same DATA_DIR, or pair again (reseller-plugin pair).`;
    return { ready: false, paired: true, reason };
  }
  const holding = keysFrom(held, pairing.keyId, oldKeysHold(pairing, now) ? 2 : 1);
  // Keys that may have leaked: nothing that is signed with them is taken. Ours still sign, and the screens' key still holds:
  // the provider waits for the new pairing on a screen.
  const keys = pairing.refusedAt ? { ...holding, hostToPlugin: [] } : holding;
  const token = env.hostToken ?? readAccess(env.dataDir);
  const parts = [keys.hostToPlugin.map(({ id }) => id), token];
  const stamp = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { ready: true, stamp, keys, token };
}
