import { join } from 'node:path';
import { createHttpPlugin } from '../../transport/http-plugin.ts';
import type { InstallationKeys } from '../../transport/keys.ts';
import type { PluginPort } from '../../transport/plugin-port.ts';
import { serveHostPort } from '../../transport/serve-host-port.ts';
import { addApi } from './api.ts';
import { addStaffApi } from './api-staff.ts';
import { addTestApi } from './api-test.ts';
import { createBridgeJobs } from './bridge-jobs.ts';
import { createBridgeStore } from './bridge-store.ts';
import { openDatabase, type Database } from './database.ts';
import { createHostPort } from './host-port.ts';
import { createApp } from './http.ts';
import { createHost } from './kit.ts';
import { showError } from './layout.ts';
import { addPages } from './pages.ts';

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
  const { keys, serviceUrl, now = Date.now } = options;
  const db = options.database ?? openDatabase(join(options.dataDir ?? '.data', 'sandbox.sqlite'));
  const store = createBridgeStore(db);
  const host = createHost(db, store, now);
  const jobs = createBridgeJobs(host, options.plugin ?? createHttpPlugin({ baseUrl: serviceUrl, keys }));
  const port = createHostPort(host, jobs.pull);
  const app = createApp(host, showError);
  const bridge = serveHostPort({ port, keys, now });
  app.all('/bridge/v1/*', (c) => bridge(c.req.raw));
  addApi(app, host);
  addStaffApi(app, host);
  if (options.testApi !== false) addTestApi(app, host, jobs);
  addPages(app, host, jobs, { keys, serviceUrl, publicUrl: options.publicUrl });
  return {
    ...{ app, port, store, host, jobs },
    start: jobs.start,
    /** Stops the jobs and closes the database. */
    async stop() {
      await jobs.stop();
      db.close();
    },
  };
}
export type Sandbox = ReturnType<typeof createSandbox>;
