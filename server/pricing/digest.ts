import { createHash } from 'node:crypto';

/** SHA-256 over text as UTF-8, written "sha256:<hex>". The parts are hashed as if they were joined. */
export function sha256(parts: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part, 'utf8');
  return `sha256:${hash.digest('hex')}`;
}
