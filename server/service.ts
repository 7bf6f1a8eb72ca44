import { hkdfSync, randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import type { HostPort } from '../hooks/contract/index.ts';
import { type InstallationKeys, secretBytes } from '../hooks/transport/keys.ts';
import { systemActor } from './actors.ts';
import type { Actor, ServiceContext } from './context.ts';
import type { Place } from './doctor/examine.ts';
import { createDoctor } from './doctor/run.ts';
import { createHttpApp } from './http/app.ts';
import type { Pair } from './http/pair.ts';
import { jobHandlers } from './jobs.ts';
import type { KeyMode } from './modules/api-key/format.ts';
import { createCallLog } from './modules/api-key/call-log.ts';
import { resealSigningSecrets } from './modules/api-key/reseal.ts';
import { createRateLimiter } from './modules/api-key/rate.ts';
import { createKeyReader } from './modules/api-key/reader.ts';
import { CatalogueReader } from './modules/catalogue/reader.ts';
import { createSessionMinter } from './modules/identity/session-minter.ts';
import { PriceReader } from './modules/price-list/reader.ts';
import { QuoteSigner } from './modules/quote/token.ts';
import { createStandingReader } from './modules/reseller/standing.ts';
import { createTestMode } from './modules/test-mode/create.ts';
import { type Pump, startPump } from './modules/webhook/pump.ts';
import { createWebhookSetup } from './modules/webhook/setup.ts';
import { connect, migrate, type Orm } from './platform/database/orm.ts';
import { createEnqueue } from './platform/jobs/enqueue.ts';
import { startJobs, startWorkers } from './platform/jobs/start.ts';
import type { Log } from './platform/log.ts';
import { createMail, type MailSettings } from './platform/mail.ts';

export { systemActor } from './actors.ts';

export interface ServiceOptions {
  databaseUrl: string;
  host: HostPort;
  keys: InstallationKeys;
  log: Log;
  /** Origin of the host's pages: the only one that may frame the screens. */
  hostOrigin: string;
  /** Where host and data are, for the doctor; left out where the plugin runs in the host's process. */
  place?: Place;
  /** Access token of the host, for the check of its rights. */
  token?: string | null;
  /** Pairs the host anew; left out where nothing is paired. */
  pair?: Pair;
  /** Clock; tests set it. */
  now?: () => Date;
  /** Proxies of one's own in front of the service, which append to X-Forwarded-For; 0 = none. */
  trustedProxies?: number;
  /** SMTP; unset = notices are in the portal only. */
  mail?: MailSettings | undefined;
  /** For local trials: webhooks may go to private addresses, by http. */
  webhooksAllowPrivate?: boolean;
  /** False leaves jobs to other processes. */
  workers?: boolean;
}

/** The running service: everything wired, no port opened. */
export interface Service {
  readonly orm: Orm;
  readonly keys: InstallationKeys;
  /** Answers requests: give it to any server that speaks fetch. `env` is what @hono/node-server hands over: the socket. */
  readonly fetch: (request: Request, env?: object) => Response | Promise<Response>;
  /** A context for one request or job; `test`: of test mode, where nothing live can be reached. */
  context(actor: Actor, mode?: KeyMode): ServiceContext;
  /** Jobs that wait are taken up, orders left half-placed go on. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Connects, migrates and wires the service. @throws when the database cannot be reached */
export async function createService(options: ServiceOptions): Promise<Service> {
  const { host, keys, log, token = null, place = { host: 'node', hostUrl: options.hostOrigin } } = options;
  const clock = options.now ?? (() => new Date());
  const orm = await connect(options.databaseUrl);
  await migrate(orm);
  const boss: PgBoss = await startJobs(orm, log);
  const [session] = keys.session;
  const quoteKey = Buffer.from(hkdfSync('sha256', secretBytes(session?.secret ?? ''), '', 'quotes', 32));
  const shared = {
    host,
    log,
    mail: options.mail ? createMail(options.mail) : null,
    enqueue: createEnqueue(boss),
    prices: new PriceReader(),
    catalogue: new CatalogueReader(),
    quotes: new QuoteSigner(quoteKey),
    keys: createKeyReader(orm, clock),
    limits: createRateLimiter(orm, clock),
    calls: createCallLog(orm, log),
    sessions: createSessionMinter(keys, options.hostOrigin),
    standings: createStandingReader(orm, clock),
    doctor: createDoctor({ place, orm, host, keys, token }),
    webhooks: createWebhookSetup(keys, options.webhooksAllowPrivate ?? false),
  };
  const live = (actor: Actor): ServiceContext => ({
    ...shared,
    livemode: true,
    actor,
    em: orm.em.fork(),
    now: clock(),
    requestId: `req_${randomUUID()}`,
    startedMs: Date.now(),
  });
  const testMode = await createTestMode(options.databaseUrl, live, secretBytes(session?.secret ?? ''));
  const context = (actor: Actor, mode: KeyMode = 'live') => (mode === 'live' ? live(actor) : testMode.context(actor));
  const both = (): ServiceContext[] => [context(systemActor), context(systemActor, 'test')];
  const app = createHttpApp({
    context,
    orm,
    keys,
    log,
    hostOrigin: options.hostOrigin,
    pair: options.pair ?? null,
    now: clock,
    trustedProxies: options.trustedProxies ?? 0,
  });
  let pumps: Pump[] = [];
  return {
    orm,
    keys,
    fetch: (request, env) => app.fetch(request, env),
    context,
    start: async () => {
      if (options.workers === false) return;
      await resealSigningSecrets(context(systemActor));
      await startWorkers(
        boss,
        jobHandlers(() => context(systemActor), both),
        log,
      );
      if (pumps.length === 0)
        pumps = (['live', 'test'] as const).map((mode) => startPump(() => context(systemActor, mode)));
      await boss.send('sync-catalogue', {});
      await boss.send('resume-orders', { all: true });
    },
    stop: async () => {
      await Promise.all(pumps.map((pump) => pump.stop()));
      shared.mail?.close();
      await boss.stop({ graceful: true, timeout: 3000 });
      await shared.calls.flush();
      await testMode.close();
      await orm.close(true);
    },
  };
}
