/** The oldest Node that has what the service is built on (zstd in node:zlib, the ORM's own requirement). */
const OLDEST = [22, 17] as const;

/** @throws Error naming the version that is needed, before anything is loaded that would fail in riddles */
export function requireNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new Error(`reseller-plugin needs Node ${OLDEST.join('.')} or newer to start; this is Node ${version}.`);
}
