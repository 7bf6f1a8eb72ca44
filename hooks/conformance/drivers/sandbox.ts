import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '../../hosts/sandbox/create-sandbox.ts';
import { seed } from '../../hosts/sandbox/seed.ts';
import { createHttpHostPort } from '../../transport/http-host-port.ts';
import { createKeys } from '../../transport/keys.ts';
import type { StartDriver } from '../driver.ts';
import { listen } from '../../transport/listen.ts';
import { sandboxLevers } from './sandbox-levers.ts';

/** Starts the sandbox host in a folder of its own, seeded, on a free port of 127.0.0.1, with its jobs running. */
export const startSandbox: StartDriver = async ({ keys, pluginUrl }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'conformance-'));
  const password = randomBytes(12).toString('base64url');
  const sandbox = createSandbox({ dataDir, keys, serviceUrl: pluginUrl });
  const people = seed(sandbox.host, { adminPassword: password, resellerPassword: password, clientPassword: password });
  const web = await listen((request) => sandbox.app.fetch(request));
  sandbox.start();
  return {
    baseUrl: web.url,
    clients: { reseller: people.reseller.id, ordinary: people.client.id },
    levers: {
      ...sandboxLevers(web.url, people, password),
      // Whoever may speak to the sandbox at all may use every call.
      portWithoutRights: () => createHttpHostPort({ baseUrl: web.url, keys: createKeys() }),
      portTo: (baseUrl) => createHttpHostPort({ baseUrl, keys, timeoutMs: 2000 }),
    },
    pull: async () => {
      if (!(await sandbox.jobs.pull())) throw new Error(`the sandbox could not pull: ${sandbox.jobs.status.pullError}`);
    },
    async stop() {
      await web.stop();
      await sandbox.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
