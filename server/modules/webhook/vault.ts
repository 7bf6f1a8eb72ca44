import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type InstallationKeys, secretBytes } from '../../../hooks/transport/keys.ts';

/** Seals what must be read again and must not stand in the database as it is. AES-256-GCM, key by HKDF. */
export interface Vault {
  /** `owner` is bound to it: a sealed text that is moved to another row cannot be opened. */
  seal(text: string, owner: string): string;
  /** Null when its key is gone from the installation's keys, or the text was changed. */
  open(sealed: string, owner: string): string | null;
  /** False when it was sealed with an older key than today's. */
  isCurrent(sealed: string): boolean;
}

/** @throws Error when there is no session key */
export function createVault({ session }: Pick<InstallationKeys, 'session'>): Vault {
  const ring = new Map(
    session.map(({ id, secret }) => [
      id as string,
      Buffer.from(hkdfSync('sha256', secretBytes(secret), '', 'webhook secrets', 32)),
    ]),
  );
  const [current] = ring.keys();
  if (current === undefined) throw new Error('The keys hold no session key.');
  return {
    seal: (text, owner) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', ring.get(current)!, iv).setAAD(Buffer.from(owner));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${current}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`;
    },
    open: (sealed, owner) => {
      const [id = '', content = ''] = sealed.split('.');
      const key = ring.get(id);
      if (!key) return null;
      const bytes = Buffer.from(content, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(owner));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    isCurrent: (sealed) => sealed.startsWith(`${current}.`),
  };
}
