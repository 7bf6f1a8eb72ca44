import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { capability, eventTypes } from '../../hooks/contract/index.ts';
import { ownCapabilities } from '../../hooks/hosts/fossbilling/describe.ts';
import { syncHooks } from '../../hooks/bridge/sync-hooks.ts';
import { handlers } from '../../hooks/lifecycle/index.ts';
import { checkManifest, manifestFormat, packageVersion, readManifest } from '../../server/manifest.ts';
import { type Permission, permissions } from '../../server/permissions.ts';
import { packageRoot } from '../../server/platform/root.ts';
import { createNodeBridge } from '../../server/plugin/bridge.ts';
import { createHooks, type Moment } from '../../server/plugin/hooks.ts';
import { allVerbs } from '../../server/verbs.ts';
import { createNodeHost } from '../support/node-host.ts';

/** Permissions that a host may ask its staff for already, whose verbs are still to come. */
const later: Partial<Record<Permission, string>> = {};

const manifest = manifestFormat.parse(readManifest());
const isThere = (path: string): boolean => existsSync(new URL(path, packageRoot));

test('the manifest says what the code does', () => {
  expect(checkManifest(readManifest(), packageVersion())).toEqual([]);
});

test('its version is the one of the package, and it asks for the same Node', () => {
  const { version, engines } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as {
    version: string;
    engines: { node: string };
  };
  expect(manifest.version).toBe(version);
  expect(manifest.runtime.node).toBe(engines.node);
});

test('a changed manifest is refused with the place of the difference', () => {
  expect(checkManifest({ ...manifest, version: '9.9.9' }, packageVersion())).toEqual([
    '/version differs from the code; run: npm run -s cli -- manifest write',
  ]);
  const [problem] = checkManifest({ ...manifest, surprise: true }, packageVersion());
  expect(problem).toContain('surprise');
});

test('every hook has a handler, and every handler is listed', () => {
  const registered: Moment[] = [];
  const { host } = createNodeHost();
  createHooks(createNodeBridge(Date.now), host).register({ on: (moment) => registered.push(moment) });
  const { sync, async } = manifest.hooks;
  expect(sync.map(({ event }) => event)).toEqual(syncHooks.map(({ event }) => event));
  expect(registered.toSorted()).toEqual([...sync, ...async].map(({ event }) => event).toSorted());
  expect(async.map(({ event }) => event).toSorted()).toEqual(Object.keys(handlers).toSorted());
  expect(Object.keys(handlers).toSorted()).toEqual(eventTypes.toSorted());
});

test('every screen has a route, with a label in each language of the screens', () => {
  for (const { path, label } of manifest.ui.surfaces) {
    const route = `ui/src/routes/${path.replace('/ui/', '')}/+page.svelte`;
    expect(isThere(route), route).toBe(true);
    for (const language of Object.keys(label)) {
      expect(isThere(`ui/src/lib/messages/${language}.json`), language).toBe(true);
    }
  }
});

test('every permission opens something, or is for something named that is to come', () => {
  const used = new Set(allVerbs.flatMap(({ permission }) => permission ?? []));
  expect(permissions.filter((name) => !used.has(name)).toSorted()).toEqual(Object.keys(later).toSorted());
  const asked = [...manifest.hooks.sync, ...manifest.hooks.async, ...manifest.ui.surfaces].flatMap(
    ({ scopes }) => scopes,
  );
  for (const scope of asked) expect(used.has(scope), scope).toBe(true);
});

test('what it points to is there', () => {
  for (const { bridge } of Object.values(manifest.hosts)) expect(isThere(bridge), bridge).toBe(true);
  expect(isThere(manifest.migrations.path)).toBe(true);
});

test('what FOSSBilling does not support is all that neither its host port nor its module offers', () => {
  const module = new URL('hooks/hosts/fossbilling/module/Reseller/Host/CallHandlers.php', packageRoot);
  const words = readFileSync(module, 'utf8');
  const missing = capability.options.filter((name) => !ownCapabilities.includes(name) && !words.includes(`'${name}'`));
  expect(manifest.hosts['fossbilling']?.unsupported.toSorted()).toEqual(missing.toSorted());
});
