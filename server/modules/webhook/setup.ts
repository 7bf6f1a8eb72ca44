import { lookup } from 'node:dns/promises';
import type { InstallationKeys } from '../../../hooks/transport/keys.ts';
import { createVault, type Vault } from './vault.ts';

/** All addresses behind a name. @throws when there are none */
export type Resolve = (name: string) => Promise<string[]>;

/** What webhooks need of the process they run in. */
export interface WebhookSetup {
  /** For local trials: http and private addresses are taken. */
  allowPrivate: boolean;
  resolve: Resolve;
  vault: Vault;
  /** For one attempt, from resolving the name to the end of the answer. */
  timeoutMs: number;
}

/** Limit of Standard Webhooks' recommendations lies at 15 to 30 s; 10 s frees a worker sooner. */
const TIMEOUT_MS = 10_000;

export function createWebhookSetup(keys: InstallationKeys, allowPrivate: boolean): WebhookSetup {
  return {
    allowPrivate,
    resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
    vault: createVault(keys),
    timeoutMs: TIMEOUT_MS,
  };
}
