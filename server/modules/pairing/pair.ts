import type { EntityManager } from '@mikro-orm/postgresql';
import type { InstallationKeys, Key } from '../../../hooks/transport/keys.ts';
import type { ServiceContext } from '../../context.ts';
import { isSafeToSpeakTo } from '../../platform/private-address.ts';
import { record } from '../activity/record.ts';
import { callBack } from './call-back.ts';
import { claimCode, releaseCode, spendCode } from './claim.ts';
import { PairingError } from './errors.ts';
import { keysForPairing, writeAccess } from './files.ts';
import { commonContract, type ExpectedHost, type PairingRequest, requireSameHost } from './request.ts';
import { readPairing } from './state.ts';

/** What pairing works with. */
export interface PairingSetup extends Pick<ServiceContext, 'actor' | 'now'> {
  em: EntityManager;
  dataDir: string;
  host: ExpectedHost;
  /** Of the service. */
  version: string;
  fetch?: typeof globalThis.fetch;
}

/** What the module is told once: the newest key of each direction. */
export interface PairingAnswer {
  contract: string;
  installation: string;
  keys: Record<'hostToPlugin' | 'pluginToHost' | 'session', Key>;
  service: { version: string };
}

/**
 * Pairs the host with this service, or gives a paired one new keys: the code is checked and taken, the host is asked at
 * its configured address, and only then do keys and access change. Whoever knows the code alone pairs nothing.
 * @throws PairingError
 */
export async function pairHost(setup: PairingSetup, request: PairingRequest): Promise<PairingAnswer> {
  const { em, now, host } = setup;
  const digest = await claimCode(em.fork(), request.code, now);
  try {
    const contract = commonContract(request);
    requireSameHost(request, host);
    if (!(await isSafeToSpeakTo(host.url))) throw unsafe(host.url);
    const { token } = await callBack(host.url, request, setup.fetch);
    const keys = await keep(setup, request, digest, token);
    return {
      contract,
      installation: keys.installation,
      keys: {
        hostToPlugin: newest(keys, 'hostToPlugin'),
        pluginToHost: newest(keys, 'pluginToHost'),
        session: newest(keys, 'session'),
      },
      service: { version: setup.version },
    };
  } catch (error) {
    await releaseCode(em.fork(), digest);
    throw error;
  }
}

/** Files first: a process that sees the new pairing in the database finds its keys there. */
async function keep(
  { em, dataDir, now, actor, host }: PairingSetup,
  { host: from, module }: PairingRequest,
  digest: Buffer,
  token: string | null,
): Promise<InstallationKeys> {
  return em.fork().transactional(async (inside) => {
    await inside.execute('select pg_advisory_xact_lock(?)', [7_203_002]);
    await spendCode(inside, digest, now);
    const before = await readPairing(inside);
    const keys = keysForPairing(dataDir, before?.keyId ?? null);
    if (token !== null) writeAccess(dataDir, token);
    const facts = [
      keys.installation,
      newest(keys, 'hostToPlugin').id,
      from.kind,
      from.version,
      host.url,
      module.version,
      now,
      before?.refusedAt !== undefined && before.refusedAt !== null,
    ];
    await inside.execute(
      `insert into host_pairing (installation, key_id, host_kind, host_version, host_url, module_version, paired_at,
                                 old_keys_end)
       values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set installation = excluded.installation,
         key_id = excluded.key_id, host_kind = excluded.host_kind, host_version = excluded.host_version,
         host_url = excluded.host_url, module_version = excluded.module_version, paired_at = excluded.paired_at,
         old_keys_end = excluded.old_keys_end, refused_at = null`,
      facts,
    );
    record(
      { em: inside, now, actor },
      {
        action: before ? 'host.paired_again' : 'host.paired',
        subject: { type: 'installation', id: keys.installation },
        resellerId: null,
        after: { kind: from.kind, version: from.version, url: host.url, module: module.version },
      },
    );
    return keys;
  });
}

function newest(keys: InstallationKeys, ring: 'hostToPlugin' | 'pluginToHost' | 'session'): Key {
  return keys[ring][0]!;
}

function unsafe(url: string): PairingError {
  return new PairingError(
    'https_required',
    `${url} is on the Internet and not encrypted. Set RESELLER_HOST_URL to its https address; plain http is for private networks.`,
  );
}
