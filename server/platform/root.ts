import { existsSync } from 'node:fs';

/**
 * Folder of the package, with a slash at its end: a checkout runs its sources, an installed package what was compiled to
 * dist/, and both keep manifest, migrations and screens at the same places below this folder.
 */
export const packageRoot: URL = findRoot(new URL('.', import.meta.url));

function findRoot(folder: URL): URL {
  if (existsSync(new URL('plugin.manifest.json', folder))) return folder;
  const above = new URL('..', folder);
  if (above.href === folder.href)
    throw new Error('The package is not complete: plugin.manifest.json is missing. Install it again.');
  return findRoot(above);
}
