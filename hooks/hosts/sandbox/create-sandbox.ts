import { join } from 'node:path';
import { createHttpPlugin } from '../../transport/http-plugin.ts';
import type { InstallationKeys } from '../../transport/keys.ts';
import type { PluginPort } from '../../transport/plugin-port.ts';
import { serveHostPort } from '../../transport/serve-host-port.ts';
import { addApi } from './api.ts';
import { addStaffApi } from './api-staff.ts';
import { addTestApi } from './api-test.ts';
import { createHostPort } from './bridge/host-port.ts';
import { createBridgeJobs } from './bridge/jobs.ts';
import { createSqliteStore } from '../../bridge/sqlite-store.ts';
import { openDatabase, type Database } from './database.ts';
import { createApp } from './http.ts';
import { createHost } from './kit.ts';
import { setPolicy, showError } from './layout.ts';
import { addAccountPages } from './pages-account.ts';
import { addAdminPages } from './pages-admin.ts';
import { addPanelPages } from './pages-panels.ts';
import { addResellerPages } from './pages-reseller.ts';
import { addShopPages } from './pages-shop.ts';

export interface SandboxOptions {
  /** Folder of sandbox.sqlite; or a database that is open already. */
  dataDir?: string;
  database?: Database;
  keys: InstallationKeys;
  /** Where the plugin answers, also for browsers. */
  serviceUrl: string;
  /** Where browsers find this host, when a proxy stands before it. */
  publicUrl?: string;
  /** The plugin itself; without it, it is asked over signed HTTP. */
  plugin?: PluginPort;
  /** Real time in UTC milliseconds. */
  now?: () => number;
  testApi?: boolean;
}

/** Builds the sandbox host: its web app, the port the plugin calls, and the jobs between them. */
export function createSandbox(options: SandboxOptions) {
  const { keys, serviceUrl, publicUrl, dataDir = '.data', now = Date.now, testApi = true } = options;
  const db = options.database ?? openDatabase(join(dataDir, 'sandbox.sqlite'));
  const store = createSqliteStore(db);
  const host = createHost(db, store, now);
  const jobs = createBridgeJobs(host, options.plugin ?? createHttpPlugin({ baseUrl: serviceUrl, keys }));
  const port = createHostPort(host, jobs);
  const bridge = serveHostPort({ port, keys, now });
  const app = createApp(host, showError);
  app.all('/bridge/v1/*', (c) => bridge(c.req.raw));
  setPolicy(app, serviceUrl);
  for (const add of [addApi, addStaffApi, addShopPages, addAccountPages]) add(app, host);
  if (testApi) addTestApi(app, host, jobs);
  addAdminPages(app, host, jobs);
  addPanelPages(app, host, serviceUrl);
  addResellerPages(app, host, { keys, serviceUrl, publicUrl });
  const stop = () => jobs.stop().then(db.close);
  return { app, port, store, host, jobs, start: jobs.start, stop };
}
export type Sandbox = ReturnType<typeof createSandbox>;
