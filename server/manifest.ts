import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ACCEPTED_MAJORS, CONTRACT_VERSION, eventTypes } from '../hooks/contract/index.ts';
import { handlers } from '../hooks/lifecycle/index.ts';
import { syncHooks } from '../hooks/bridge/sync-hooks.ts';
import { PLUGIN_ID } from './identity.ts';
import { type Permission, permissionPurposes, permissions } from './permissions.ts';
import { packageRoot } from './platform/root.ts';
import { surfaces } from './surfaces.ts';

const text = z.string().min(1).max(500);
const scope = z.enum(permissions as [Permission, ...Permission[]]);

/** plugin.manifest.json: what the plugin is, for whoever installs or mounts it. Unknown fields are refused. */
export const manifestFormat = z.strictObject({
  $schema: text.optional(),
  manifestVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  name: text,
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  description: text,
  author: text,
  license: text,
  icon: text,
  homepageUrl: z.url(),
  supportUrl: z.url(),
  privacyUrl: z.url(),
  contract: z.strictObject({ version: text, accepts: z.array(text).min(1) }),
  hosts: z.record(
    z.string(),
    z.strictObject({ versions: text, bridge: text, runtime: text, unsupported: z.array(text) }),
  ),
  runtime: z.strictObject({ node: text, postgres: text, health: text, readiness: text }),
  permissions: z.array(z.strictObject({ scope, purpose: text })),
  hooks: z.strictObject({
    sync: z.array(
      z.strictObject({
        event: text,
        budgetMs: z.int().min(1),
        connectMs: z.int().min(0),
        onFailure: z.enum(['snapshot', 'host-price', 'block']),
        stages: z.array(z.enum(['display', 'commit'])).min(1),
        scopes: z.array(scope),
      }),
    ),
    async: z.array(z.strictObject({ event: text, scopes: z.array(scope) })),
  }),
  ui: z.strictObject({
    surfaces: z.array(
      z.strictObject({
        id: text,
        portal: z.enum(['admin', 'client']),
        mount: text,
        target: z.enum(['page', 'panel', 'popup']),
        path: text,
        label: z.record(z.string(), text),
        scopes: z.array(scope),
        minHeight: z.int().min(0),
      }),
    ),
  }),
  settings: z.record(z.string(), z.unknown()),
  network: z.array(z.strictObject({ origin: text, purpose: text })),
  migrations: z.strictObject({ path: text, schema: text, needsBackup: z.boolean() }),
  lifecycle: z.record(z.string(), text),
  data: z.strictObject({ categories: z.array(text), retentionDays: z.int().min(0) }),
});
export type Manifest = z.infer<typeof manifestFormat>;

/** The parts of the manifest that are facts of the code: `manifest check` compares them, `manifest write` puts them in. */
export function factsOfCode(
  packageVersion: string,
): Pick<Manifest, 'id' | 'version' | 'contract' | 'permissions' | 'hooks' | 'ui'> {
  return {
    id: PLUGIN_ID,
    version: packageVersion,
    contract: { version: CONTRACT_VERSION, accepts: [...ACCEPTED_MAJORS] },
    permissions: permissions.map((name) => ({ scope: name, purpose: permissionPurposes[name] })),
    hooks: {
      sync: syncHooks.map((hook) => ({ ...hook, stages: [...hook.stages], scopes: [...hook.scopes] })),
      async: eventTypes
        .filter((type) => type in handlers)
        .map((event) => ({ event, scopes: ['host:report' as const] })),
    },
    ui: { surfaces: surfaces.map((surface) => ({ ...surface, scopes: [...surface.scopes] })) },
  };
}

/** What is wrong with the manifest, in words; empty when it says what the code does. */
export function checkManifest(manifest: unknown, packageVersion: string): string[] {
  const parsed = manifestFormat.safeParse(manifest);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`);
  const facts = factsOfCode(packageVersion);
  return (Object.keys(facts) as (keyof typeof facts)[])
    .filter((field) => JSON.stringify(parsed.data[field]) !== JSON.stringify(facts[field]))
    .map((field) => `/${field} differs from the code; run: npm run -s cli -- manifest write`);
}

export const manifestFile = new URL('plugin.manifest.json', packageRoot);

export function readManifest(): unknown {
  return JSON.parse(readFileSync(manifestFile, 'utf8'));
}

export function packageVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')))
    .version;
}
