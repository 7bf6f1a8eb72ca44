import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createSandbox, type Sandbox } from '../../hooks/hosts/sandbox/create-sandbox.ts';
import { seed } from '../../hooks/hosts/sandbox/seed.ts';
import { createHttpHostPort } from '../../hooks/transport/http-host-port.ts';
import { createKeys, type InstallationKeys } from '../../hooks/transport/keys.ts';
import type { Actor, ServiceContext } from '../../server/context.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { adminPermissions, resellerPermissions } from '../../server/permissions.ts';
import { createLog, type Log } from '../../server/platform/log.ts';
import { createService, type Service, systemActor } from '../../server/service.ts';
import { freshDatabase } from './database.ts';
import { ShopClient } from './shop-client.ts';

/** Of everybody at the test's sandbox. */
export const PASSWORD = 'correct horse battery';
const adminActor: Actor = { kind: 'admin', id: 'admin:test', name: 'Test admin', permissions: adminPermissions };

/** A whole installation of its own: the service and the sandbox host, talking over signed HTTP on 127.0.0.1. */
export interface Installation {
  service: Service;
  sandbox: Sandbox;
  keys: InstallationKeys;
  databaseUrl: string;
  serviceUrl: string;
  hostUrl: string;
  admin(): ServiceContext;
  system(): ServiceContext;
  as(reseller: Pick<ResellerRow, 'id'>): ServiceContext;
  /** Logs in at the sandbox: staff, the client who is made a reseller ("1"), or an ordinary client ("2"). */
  login(who: 'admin' | 'reseller' | 'client' | 'applicant'): Promise<ShopClient>;
  /** Makes client "1" a reseller and waits until the sandbox has its price list. */
  makeReseller(terms?: { tierId?: string; ownDiscountBp?: number | null; hostClientId?: string }): Promise<ResellerRow>;
  /** Brings bridge and service level: price lists pulled, events delivered. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInstallation(
  options: {
    workers?: boolean;
    databaseUrl?: string;
    /** What differs at the host's end: its clock, its keys, where it looks for the service. */
    hostNow?: () => number;
    /** The service's clock. */
    now?: () => Date;
    hostKeys?: (keys: InstallationKeys) => InstallationKeys;
    hostLooksAt?: string;
    /** Where the service's log goes; by default nowhere. */
    log?: Log;
    /** Receivers of webhooks may stand on this machine. */
    webhooksAllowPrivate?: boolean;
  } = {},
): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'reseller-host-'));
  const databaseUrl = options.databaseUrl ?? (await freshDatabase());
  const keys = createKeys();
  const serviceServer = await listen(() => service.fetch);
  const hostServer = await listen(() => sandbox.app.fetch);
  const sandbox = createSandbox({
    dataDir: folder,
    keys: options.hostKeys?.(keys) ?? keys,
    serviceUrl: options.hostLooksAt ?? serviceServer.url,
    ...(options.hostNow && { now: options.hostNow }),
  });
  seed(sandbox.host, { adminPassword: PASSWORD, resellerPassword: PASSWORD, clientPassword: PASSWORD });
  const service = await createService({
    databaseUrl,
    keys,
    place: { host: 'sandbox', hostUrl: hostServer.url },
    host: createHttpHostPort({ baseUrl: hostServer.url, keys, timeoutMs: 5000 }),
    log: options.log ?? createLog(process.env['TEST_LOG'] ?? 'silent'),
    hostOrigin: hostServer.url,
    workers: options.workers ?? false,
    webhooksAllowPrivate: options.webhooksAllowPrivate ?? false,
    ...(options.now && { now: options.now }),
  });
  await service.start();
  await syncCatalogue(service.context(systemActor), {});

  const settle = async () => {
    await sandbox.jobs.pull();
    await sandbox.jobs.deliver();
  };
  return {
    service,
    sandbox,
    keys,
    databaseUrl,
    serviceUrl: serviceServer.url,
    hostUrl: hostServer.url,
    admin: () => service.context(adminActor),
    system: () => service.context(systemActor),
    as: ({ id }) =>
      service.context({
        kind: 'reseller',
        id: `client:${id}`,
        name: 'Test reseller',
        resellerId: id,
        permissions: resellerPermissions,
      }),
    login: (who) => ShopClient.login(hostServer.url, `${who}@demo.example`, PASSWORD),
    makeReseller: async ({ tierId = 'gold', ownDiscountBp = null, hostClientId = '1' } = {}) => {
      const row = await createReseller(service.context(adminActor), {
        hostClientId,
        company: 'Northwind Resale',
        tierId,
        ownDiscountBp,
      });
      await settle();
      return row;
    },
    settle,
    stop: async () => {
      await sandbox.stop();
      await service.stop();
      await Promise.all([serviceServer.close(), hostServer.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Fetch = (request: Request, env?: object) => Response | Promise<Response>;

/** A server whose handler may be made later: service and host each need the other's address first. */
async function listen(handler: () => Fetch): Promise<{ url: string; close: () => Promise<void> }> {
  const server = serve({ fetch: (request, env) => handler()(request, env), port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
