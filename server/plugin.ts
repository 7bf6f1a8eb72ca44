import { createKeys, type InstallationKeys } from '../hooks/transport/keys.ts';
import type { SessionToMint } from '../hooks/transport/session-token.ts';
import { PLUGIN_ID } from './identity.ts';
import type { MailSettings } from './platform/mail.ts';
import { createNodeBridge } from './plugin/bridge.ts';
import { completeHostPort } from './plugin/complete-host-port.ts';
import { createHooks, type HostHooks } from './plugin/hooks.ts';
import type { NodeHost } from './plugin/node-host.ts';
import { requireNode } from './plugin/require-node.ts';
import type { RunningPlugin } from './plugin/run.ts';

export type * from '../hooks/contract/index.ts';
export type { InvoiceVerdict, LineCorrection, OrderVerdict, RefusalCode } from '../hooks/bridge/types.ts';
export { HostError } from '../hooks/contract/host-error.ts';
export { createKeys, type InstallationKeys, readOrCreateKeys } from '../hooks/transport/keys.ts';
export type { HostHooks, Lifecycle, Moment, OrderQuestion } from './plugin/hooks.ts';
export type { NodeHost } from './plugin/node-host.ts';
export type { MailSettings } from './platform/mail.ts';
export type { AboutEvent } from './plugin/report.ts';

export interface ResellerPluginOptions {
  /** The billing platform this process is. */
  host: NodeHost;
  /** postgresql://user:password@server/database; its tables are made by start(). */
  databaseUrl: string;
  /**
   * Keys of the installation: they sign the sessions of the screens, and quotes. Left out, new ones are made with each
   * process, and open screens and quotes end with it: several processes must be given the same ones.
   */
  keys?: InstallationKeys;
  /** The host's clock; tests set it. */
  now?: () => Date;
  /** SMTP for notices to resellers; left out, they are in the portal only. */
  mail?: MailSettings;
  logLevel?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Who looks at the screens; see the claims of a session token. */
export type SessionOf = Omit<SessionToMint, 'iss' | 'aud' | 'iid'>;

export interface ResellerPlugin {
  /** What the host calls in its order and invoice lifecycle. Works at once; until start() orders are refused for now. */
  hooks: HostHooks;
  /** Answers the plugin's own paths (/ui, /trpc, /api/v1, /healthz …): give it to any server that speaks fetch. */
  fetch(request: Request): Promise<Response>;
  /** Connects, migrates, reads catalogue and prices, takes up jobs. @throws when the database cannot be reached */
  start(): Promise<void>;
  /** Ends jobs and connections; events that wait are delivered before. */
  stop(): Promise<void>;
  /** Waits until all reported events were delivered once. */
  delivered(): Promise<void>;
  /** A token of five minutes for one user of the screens. */
  mintSession(session: SessionOf): Promise<string>;
}

/**
 * The plugin inside a Node billing platform's own process. Nothing is connected or loaded before start(), so that hooks
 * can be registered where the platform is put together.
 */
export function createResellerPlugin({
  host,
  databaseUrl,
  keys = createKeys(),
  now,
  mail,
  logLevel = 'warn',
}: ResellerPluginOptions): ResellerPlugin {
  const bridge = createNodeBridge(() => (now?.() ?? new Date()).getTime());
  const hostOrigin = host.origin ?? 'http://localhost';
  let starting: Promise<RunningPlugin> | null = null;
  let running: RunningPlugin | null = null;

  async function run(): Promise<RunningPlugin> {
    requireNode();
    const [{ runPlugin }, { createLog }] = await Promise.all([import('./plugin/run.ts'), import('./platform/log.ts')]);
    const port = completeHostPort(host, bridge, async () => running?.pull());
    const options = { databaseUrl, host: port, keys, log: createLog(logLevel), hostOrigin, mail };
    return await runPlugin(now ? { ...options, now } : options, bridge);
  }

  return {
    hooks: createHooks(bridge, host),
    fetch: async (request) =>
      running ? await running.service.fetch(request) : new Response('The plugin is not started.', { status: 503 }),
    async start() {
      starting ??= run();
      try {
        running = await starting;
      } catch (error) {
        starting = null;
        throw error;
      }
      await running.deliver();
    },
    async stop() {
      const ending = await starting?.catch(() => null);
      [starting, running] = [null, null];
      bridge.filled = false;
      await ending?.stop();
    },
    delivered: async () => running?.deliver(),
    async mintSession(session) {
      const { mintSessionToken } = await import('../hooks/transport/session-token.ts');
      const [key] = keys.session;
      if (!key) throw new Error('The keys hold no session key.');
      return await mintSessionToken(
        key,
        { ...session, iss: hostOrigin, aud: PLUGIN_ID, iid: keys.installation },
        Date.now(),
      );
    },
  };
}
