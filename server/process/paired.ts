import { setTimeout as sleep } from 'node:timers/promises';
import { systemActor } from '../actors.ts';
import type { Environment } from '../env.ts';
import { createHostPort } from '../host-port.ts';
import { createPairingApp } from '../http/pairing-app.ts';
import type { Pair } from '../http/pair.ts';
import { packageVersion } from '../manifest.ts';
import { issueCode } from '../modules/pairing/issue-code.ts';
import { pairHost } from '../modules/pairing/pair.ts';
import { holdsAnotherHost } from '../modules/pairing/state.ts';
import { connect, migrate, type Orm } from '../platform/database/orm.ts';
import type { Log } from '../platform/log.ts';
import { Preflight } from '../platform/preflight.ts';
import { isSafeToSpeakTo } from '../platform/private-address.ts';
import { createService, type Service } from '../service.ts';
import { codeWords } from './code-words.ts';
import { type Installation, readInstallation } from './installation.ts';
import { otherHost } from './other-host.ts';
import type { RunningProcess } from './running.ts';

/** How often a process looks whether another one paired. */
const LOOK_MS = 2000;
/** Requests that run on the keys before may end within this time. */
const DRAIN_MS = 10_000;

interface Served {
  stamp: string;
  service: Service;
  running: number;
}

/**
 * The service of a host that is paired. Until it is, the process takes nothing but the pairing; from then on it serves,
 * and when the host is paired again, by whatever process, it goes over to the new keys without a pause.
 * @param tell writes to the person who started it
 * @throws Preflight when the database or the address cannot be used
 */
export async function startPaired(
  env: Environment,
  databaseUrl: string,
  log: Log,
  tell: (words: string) => void,
): Promise<RunningProcess> {
  const orm = await connect(databaseUrl, { poolMax: 3 });
  try {
    await prepare(orm, env);
  } catch (error) {
    await orm.close(true);
    throw error;
  }
  let installation: Installation = { ready: false, paired: false, reason: 'the service is starting.' };
  let served: Served | null = null;
  let shownUntil: Date | null = null;
  const stopping = new AbortController();

  const pair: Pair = async (request) => {
    const host = { kind: env.host, url: env.hostUrl };
    const setup = { em: orm.em.fork(), actor: systemActor, now: new Date(), dataDir: env.dataDir, host };
    const answer = await pairHost({ ...setup, version: packageVersion() }, request);
    void look();
    return answer;
  };
  const waiting = createPairingApp(pair, env.hostUrl, () => (installation.ready ? 'starting.' : installation.reason));

  async function takeOver(next: Extract<Installation, { ready: true }>): Promise<void> {
    const service = await createService({
      databaseUrl,
      host: createHostPort(env, next),
      keys: next.keys,
      place: env,
      token: next.token,
      log,
      hostOrigin: new URL(env.hostUrl).origin,
      trustedProxies: env.trustedProxies,
      mail: env.mail,
      webhooksAllowPrivate: env.webhooksAllowPrivate,
      workers: env.workers,
      pair,
    });
    await service.start();
    const before: Served | null = served;
    served = { stamp: next.stamp, service, running: 0 };
    if (before) await retire(before);
    else tell(`The host at ${env.hostUrl} is paired. The service is running; check it with: reseller-plugin doctor\n`);
  }

  const look = oneAtATime(async () => {
    try {
      installation = await readInstallation(orm.em.fork(), env, new Date());
      if (installation.ready && installation.stamp !== served?.stamp) await takeOver(installation);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ error: reason }, 'the pairing cannot be taken over yet');
      installation = { ready: false, paired: true, reason };
    }
  });

  async function showCode(url: string): Promise<void> {
    if (installation.ready || installation.paired || (shownUntil && shownUntil > new Date())) return;
    const { code, expiresAt } = await issueCode(orm.em.fork(), new Date());
    shownUntil = expiresAt;
    tell(codeWords(env, url, code));
  }

  async function watch(url: string): Promise<void> {
    while (!stopping.signal.aborted) {
      await look();
      await showCode(url).catch((error: unknown) => log.warn({ error: String(error) }, 'no pairing code'));
      await sleep(LOOK_MS, undefined, { ref: false });
    }
  }

  return {
    async fetch(request, bindings) {
      const current = served;
      if (current === null) return waiting.fetch(request, bindings);
      current.running += 1;
      try {
        return await current.service.fetch(request, bindings);
      } finally {
        current.running -= 1;
      }
    },
    async start(url) {
      await look();
      await showCode(url);
      void watch(url);
    },
    async stop() {
      stopping.abort();
      await Promise.race([look(), sleep(3000, undefined, { ref: false })]);
      await served?.service.stop();
      await orm.close(true);
    },
  };
}

async function prepare(orm: Orm, env: Environment): Promise<void> {
  await migrate(orm);
  if (await holdsAnotherHost(orm.em.fork(), env.host)) throw otherHost(env);
  if (!(await isSafeToSpeakTo(env.hostUrl))) {
    throw new Preflight(
      `RESELLER_HOST_URL: ${env.hostUrl} is on the Internet and not encrypted. Use its https address.`,
    );
  }
}

async function retire(before: Served): Promise<void> {
  for (const until = Date.now() + DRAIN_MS; before.running > 0 && Date.now() < until;) await sleep(50);
  await before.service.stop();
}

/** Never twice at once; whoever calls while it runs waits for one more run after it. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let queued: Promise<void> | null = null;
  return () => {
    queued ??= last.then(() => {
      queued = null;
      last = work();
      return last;
    });
    return queued;
  };
}
