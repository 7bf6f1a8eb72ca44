import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHttpHostPort } from '../hooks/transport/http-host-port.ts';
import { readOrCreateKeys } from '../hooks/transport/keys.ts';
import type { Environment } from '../server/env.ts';
import { createKey } from '../server/modules/api-key/create.ts';
import { syncCatalogue } from '../server/modules/catalogue/sync.ts';
import { createCustomer } from '../server/modules/customer/create.ts';
import { publishPrices } from '../server/modules/price-list/publish.ts';
import { createReseller } from '../server/modules/reseller/create.ts';
import { Reseller } from '../server/modules/reseller/entity.ts';
import { resellerPermissions, systemPermissions } from '../server/permissions.ts';
import { createLog } from '../server/platform/log.ts';
import { createService, systemActor } from '../server/service.ts';
import type { Actor } from '../server/context.ts';

interface Login {
  email: string;
  password: string;
}
export interface Demo {
  admin: Login;
  reseller: Login;
  client: Login;
  resellerId: string;
  apiKey: string;
}

/** The reseller of the demo is the sandbox's first client. */
const DEMO_CLIENT = '1';
const admin: Actor = { kind: 'admin', id: 'admin:demo', name: 'Demo', permissions: systemPermissions };

/**
 * Fills an empty installation of the sandbox with a Gold reseller, customers and an API key; what is there already stays.
 * Null when the database holds resellers that are not the demo's.
 */
export async function prepareDemo(env: Environment, databaseUrl: string): Promise<Demo | null> {
  const keys = readOrCreateKeys(join(env.dataDir, 'installation-keys.json'));
  const host = createHttpHostPort({ baseUrl: env.hostUrl, keys, timeoutMs: 10_000 });
  const service = await createService({
    databaseUrl,
    host,
    keys,
    log: createLog('error'),
    hostOrigin: env.hostUrl,
    workers: false,
  });
  try {
    await syncCatalogue(service.context(systemActor), {});
    const resellers = await service.orm.em.fork().find(Reseller, {}, { limit: 2 });
    const known = resellers.find(({ hostClientId }) => hostClientId === DEMO_CLIENT);
    if (resellers.length > 0 && !known) return null;
    const resellerId = known?.id ?? (await makeReseller(service.context));
    await publishPrices(service.context(systemActor));
    return { ...logins(env), resellerId, apiKey: await keyOf(env, service.context, resellerId) };
  } finally {
    await service.stop();
  }
}

type Context = Awaited<ReturnType<typeof createService>>['context'];

async function makeReseller(context: Context): Promise<string> {
  const { id } = await createReseller(context(admin), {
    hostClientId: DEMO_CLIENT,
    company: 'Northwind Resale',
    tierId: 'gold',
  });
  const reseller: Actor = {
    kind: 'reseller',
    id: 'client:1',
    name: 'Northwind Resale',
    resellerId: id,
    permissions: resellerPermissions,
  };
  for (const [name, company, email, externalReference] of [
    ['Ines Weber', 'Kontorhaus Weber KG', 'it@kontorhaus-weber.example', 'KW-17'],
    ['Jonas Lind', 'Lind Fotografie', 'jonas@lind-foto.example', 'LF-3'],
    ['Mara Okafor', null, 'mara@okafor.example', null],
  ] as const) {
    await createCustomer(context(reseller), { name, company, email, externalReference });
  }
  return id;
}

/** A key is shown once, so the demo keeps its own in its own file. */
async function keyOf(env: Environment, context: Context, resellerId: string): Promise<string> {
  const held = readDemo(env);
  if (held?.resellerId === resellerId) return held.apiKey;
  const { key } = await createKey(context(admin), {
    name: 'Demo',
    resellerId,
    scopes: [
      'prices:read',
      'orders:read',
      'orders:write',
      'customers:read',
      'customers:write',
      'services:read',
      'billing:read',
      'profile:read',
      'keys:manage',
      'webhooks:manage',
    ],
  });
  return key;
}

/** The sandbox wrote its logins when it filled itself. */
function logins(env: Environment): Pick<Demo, 'admin' | 'reseller' | 'client'> {
  return JSON.parse(readFileSync(join(env.dataDir, 'sandbox-demo.json'), 'utf8')) as Pick<
    Demo,
    'admin' | 'reseller' | 'client'
  >;
}

function readDemo(env: Environment): Demo | null {
  const file = join(env.dataDir, 'demo.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Demo) : null;
}

/** Logins, key and process ids, for scripts and tests; readable by the owner alone. */
export function writeDemo(env: Environment, demo: Demo, pids: { service: number; sandbox: number }): void {
  writeFileSync(join(env.dataDir, 'demo.json'), `${JSON.stringify({ ...demo, pids }, null, 2)}\n`, { mode: 0o600 });
}
