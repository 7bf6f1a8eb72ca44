import { readFileSync } from 'node:fs';
import { exportBridge } from './export-bridge.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What module.php is tried with: keys and price lists of the bridge's tests, and what other files of the project say. */
export function exportModule(bridge: ReturnType<typeof exportBridge>): object {
  const plugin = JSON.parse(read('plugin.manifest.json')) as { id: string; permissions: { scope: string }[] };
  return {
    ...bridge,
    plugin: plugin.id,
    scopes: plugin.permissions.map(({ scope }) => scope),
    package: (JSON.parse(read('package.json')) as { version: string }).version,
    moduleManifest: JSON.parse(read('hooks/hosts/fossbilling/module/Reseller/manifest.json')) as object,
    rights: rightsOf(read('hooks/hosts/fossbilling/README.md')),
  };
}

/** The table of rights that the README promises: module to permission keys. */
function rightsOf(readme: string): Record<string, string[]> {
  const rows = [...readme.matchAll(/^\| ([a-z, ]+) \| (access[a-z_, ]*) \|$/gm)];
  return Object.fromEntries(
    rows.flatMap(([, modules = '', keys = '']) => modules.split(', ').map((module) => [module, keys.split(', ')])),
  );
}
