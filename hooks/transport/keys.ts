import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { replaceSecretFile } from './secret-file.ts';

/** One shared secret. `id` may be shown and logged; `secret` never leaves key files and signing functions. */
export const key = z.object({
  id: z.string().regex(/^key_[A-Za-z0-9-]{4,60}$/),
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{43}=$/),
});
export type Key = z.infer<typeof key>;

const keyRing = z.array(key).min(1).max(4);

/**
 * The secrets of one installation: a host's bridge and the plugin, paired. Each direction has its own ring, so that
 * neither end can answer its own messages, and screens have a third. In a ring the first key is the newest one and
 * signs; every key verifies, which is what makes a rotation without a pause possible.
 */
export const installationKeys = z.object({
  installation: z.string().regex(/^[A-Za-z0-9_-]{4,80}$/),
  hostToPlugin: keyRing,
  pluginToHost: keyRing,
  session: keyRing,
});
export type InstallationKeys = z.infer<typeof installationKeys>;

/** Which ring of an installation. */
export type KeyDirection = 'hostToPlugin' | 'pluginToHost' | 'session';

/** Bytes of a secret, as HMAC takes them. */
export function secretBytes(secret: Key['secret']): Uint8Array {
  return Buffer.from(secret.slice('whsec_'.length), 'base64');
}

function createKey(): Key {
  return { id: `key_${uuidv7()}`, secret: `whsec_${randomBytes(32).toString('base64')}` };
}

/** Makes an installation with one new key of 32 random bytes in each ring. */
export function createKeys(): InstallationKeys {
  return {
    installation: `ins_${uuidv7()}`,
    hostToPlugin: [createKey()],
    pluginToHost: [createKey()],
    session: [createKey()],
  };
}

/**
 * Puts a new key in front of one ring and keeps the one before it for verifying; older ones end. Two rotations
 * therefore put a leaked key out of use. Returns a new object.
 */
export function rotateKey(keys: InstallationKeys, direction: KeyDirection): InstallationKeys {
  return { ...keys, [direction]: [createKey(), ...keys[direction].slice(0, 1)] };
}

/** A key file cannot be used. The message names the file and the way out, never what the file holds. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function readKeys(file: string): InstallationKeys {
  // Windows has no such bits: access is up to the folder's list of rights there.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new KeyFileError(`${file} may be read by other users of this machine. Run: chmod 600 ${file}`);
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const parsed = installationKeys.safeParse(content);
  if (!parsed.success) {
    throw new KeyFileError(
      `${file} is not a key file. Restore it, or delete it and pair the host and the plugin again.`,
    );
  }
  return parsed.data;
}

/**
 * The keys in `file` (JSON, mode 0600); makes it, and its folder, when it does not exist. The file appears whole or
 * not at all, and only one of several processes that start together makes it: all of them get the same keys.
 * @throws KeyFileError when others may read the file, or it holds something else.
 */
export function readOrCreateKeys(file: string): InstallationKeys {
  try {
    return readKeys(file);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(createKeys(), null, 2)}\n`);
    fsyncSync(handle);
    // A link fails when the name is taken, as O_EXCL does, but the name never shows a half-written file.
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    closeSync(handle);
    unlinkSync(draft);
  }
  return readKeys(file);
}

/** Puts other keys in place of what the file holds. */
export function writeKeys(file: string, keys: InstallationKeys): void {
  replaceSecretFile(file, `${JSON.stringify(keys, null, 2)}\n`);
}

/** Each ring from the key beside that one of `hostToPlugin` on: what came before it, that is what is newer, is left out. */
export function keysFrom(keys: InstallationKeys, keyId: Key['id'], count = 2): InstallationKeys {
  const { installation, hostToPlugin, pluginToHost, session } = keys;
  const at = Math.max(
    0,
    hostToPlugin.findIndex(({ id }) => id === keyId),
  );
  const cut = (ring: Key[]) => ring.slice(at, at + count);
  return { installation, hostToPlugin: cut(hostToPlugin), pluginToHost: cut(pluginToHost), session: cut(session) };
}
