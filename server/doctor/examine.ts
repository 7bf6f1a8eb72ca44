import { type CallResponse, HostError, type HostPort } from '../../hooks/contract/index.ts';
import { createSignedCaller } from '../../hooks/hosts/fossbilling/module-caller.ts';
import { createHttpHostPort } from '../../hooks/transport/http-host-port.ts';
import { type InstallationKeys, readOrCreateKeys } from '../../hooks/transport/keys.ts';
import type { Environment } from '../env.ts';
import { createHostPort } from '../host-port.ts';
import { keyFile } from '../modules/pairing/files.ts';
import { buildIndex } from '../modules/price-list/build-index.ts';
import { connect, type Orm } from '../platform/database/orm.ts';
import { type Installation, readInstallation } from '../process/installation.ts';

/** What the doctor is given. */
export interface DoctorSetup {
  env: Environment;
  databaseUrl: string;
  /** Where the service answers. */
  serviceUrl: string;
  now?: () => Date;
}

/** Where things are, as far as the checks name it. `node`: the plugin runs in the host's own process. */
export interface Place extends Partial<Pick<Environment, 'dataDir' | 'databaseUrl'>> {
  host: Environment['host'] | 'node';
  hostUrl: string;
}

type About = CallResponse<'describe'>;
/** The calls that the bridge itself answers, whatever else the host has. */
type Bridge = Pick<HostPort, 'describe' | 'prices.publish' | 'prices.check'>;

/** What every check works with: everything that can be asked once is asked before. */
export interface Examination {
  place: Place;
  /** Null when the service examines itself. */
  serviceUrl: string | null;
  now: Date;
  orm: Orm;
  /** Migrations that wait; null when the database cannot be asked. */
  pending: string[] | null;
  installation: Installation | null;
  bridge: Bridge | null;
  /** The host with all its calls; null when it cannot be spoken to. */
  host: HostPort | null;
  /** What the bridge says of itself, after it was told to pull; or why it says nothing. */
  about: About | HostError | null;
  /** How the bridge's pull from the service went: null = it did, undefined = not tried. */
  pull: HostError | null | undefined;
}

/** Asks database, bridge and host what all checks build on. Never throws for what is out of order. */
export async function examine({
  env,
  databaseUrl,
  serviceUrl,
  now = () => new Date(),
}: DoctorSetup): Promise<Examination> {
  const orm = await connect(databaseUrl, { poolMax: 2 });
  const pending = await pendingOf(orm);
  const installation = await installationOf(env, pending === null ? null : orm, now());
  const bridge = installation?.ready ? bridgeOf(env, installation) : null;
  const host = installation?.ready ? hostOf(env, installation) : null;
  return ask({ place: env, serviceUrl, now: now(), orm, pending, installation, bridge, host });
}

/** The same from inside the running service, with its own connections. */
export async function examineFromInside(
  own: Pick<Examination, 'place' | 'now' | 'orm'> & { host: HostPort; keys: InstallationKeys; token: string | null },
): Promise<Examination> {
  const { place, now, orm, host, keys, token } = own;
  const pending = await pendingOf(orm);
  const installation: Installation = { ready: true, stamp: '', keys, token };
  return ask({ place, serviceUrl: null, now, orm, pending, installation, bridge: host, host });
}

/** Tells the bridge to pull, where it can be told, and asks it what it says of itself then. */
async function ask(parts: Omit<Examination, 'about' | 'pull'>): Promise<Examination> {
  const { bridge, pending, orm, now } = parts;
  let about: About | HostError | null = bridge && (await bridge.describe({ fresh: true }).catch(asHostError));
  let pull: HostError | null | undefined;
  if (bridge && about && !(about instanceof HostError) && about.capabilities.includes('pushedPriceLists')) {
    const revision = pending?.length === 0 ? (await buildIndex(orm.em.fork(), now))?.revision : undefined;
    if (revision) pull = await bridge['prices.publish']({ revision }).then(() => null, asHostError);
    about = await bridge.describe({ fresh: true }).catch(asHostError);
  }
  return { ...parts, about, pull };
}

async function pendingOf(orm: Orm): Promise<string[] | null> {
  try {
    await orm.em.fork().execute('select 1');
    return (await orm.migrator.getPending()).map(({ name }) => name);
  } catch {
    return null;
  }
}

async function installationOf(env: Environment, orm: Orm | null, now: Date): Promise<Installation | null> {
  try {
    if (env.host === 'sandbox') {
      return { ready: true, stamp: '', keys: readOrCreateKeys(keyFile(env.dataDir)), token: null };
    }
    return orm && (await readInstallation(orm.em.fork(), env, now));
  } catch (error) {
    return { ready: false, paired: true, reason: error instanceof Error ? error.message : String(error) };
  }
}

function bridgeOf({ host, hostUrl }: Environment, { keys }: Extract<Installation, { ready: true }>): Bridge {
  const options = { baseUrl: hostUrl, keys, timeoutMs: 15_000 };
  return host === 'sandbox' ? createHttpHostPort(options) : createSignedCaller(options);
}

function hostOf(env: Environment, installation: Extract<Installation, { ready: true }>): HostPort | null {
  try {
    return createHostPort(env, { ...installation, timeoutMs: 30_000 });
  } catch {
    // Without a token; the check of its rights says so.
    return null;
  }
}

function asHostError(error: unknown): HostError {
  return error instanceof HostError ? error : new HostError('unavailable', String(error));
}
