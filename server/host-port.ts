import type { HostPort } from '../hooks/contract/index.ts';
import { createFossbillingHostPort } from '../hooks/hosts/fossbilling/host-port.ts';
import { createSignedCaller } from '../hooks/hosts/fossbilling/module-caller.ts';
import { createHttpHostPort } from '../hooks/transport/http-host-port.ts';
import type { InstallationKeys } from '../hooks/transport/keys.ts';
import type { Environment } from './env.ts';
import { Preflight } from './platform/preflight.ts';

/** What reaching the host takes, beside its address. */
export interface HostAccess {
  keys: InstallationKeys;
  /** API token of our staff account; null where the bridge answers all calls. */
  token: string | null;
  /** Milliseconds for one signed call. Default 10 s. */
  timeoutMs?: number;
}

/** The configured host as the plugin sees it. @throws Preflight when it needs a token and there is none */
export function createHostPort(env: Pick<Environment, 'host' | 'hostUrl'>, access: HostAccess): HostPort {
  const { keys, token, timeoutMs = 10_000 } = access;
  const bridge = { baseUrl: env.hostUrl, keys, timeoutMs };
  if (env.host === 'sandbox') return createHttpHostPort(bridge);
  if (token === null) {
    throw new Preflight(
      'The host gave no access token. Pair it again (reseller-plugin pair), or set RESELLER_HOST_TOKEN.',
    );
  }
  return createFossbillingHostPort({ baseUrl: env.hostUrl, staffToken: token, module: createSignedCaller(bridge) });
}
