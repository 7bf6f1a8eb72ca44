import type { EntityManager } from '@mikro-orm/postgresql';

/** Minutes for which the keys before a new pairing are still accepted: the host's answer may be on its way. */
const OLD_KEYS_MINUTES = 10;

/** The pairing that holds, as all processes on this database see it. */
export interface Pairing {
  installation: string;
  /** Id of the newest key: a key file without it is older than the pairing. */
  keyId: string;
  hostKind: string;
  hostUrl: string;
  hostVersion: string;
  moduleVersion: string;
  pairedAt: Date;
  /** Since when the host's messages are refused, because its keys may have leaked; null = they are taken. */
  refusedAt: Date | null;
  /** True when the keys before this pairing ended with it. */
  oldKeysEnd: boolean;
}

/** The pairing that holds, or null before the first one. */
export async function readPairing(em: EntityManager): Promise<Pairing | null> {
  type Row = Omit<Pairing, 'pairedAt' | 'refusedAt'> & { pairedAt: Date | string; refusedAt: Date | string | null };
  const [row] = await em.execute<Row[]>(
    `select installation, key_id as "keyId", host_kind as "hostKind", host_url as "hostUrl", host_version as "hostVersion",
            module_version as "moduleVersion", paired_at as "pairedAt", refused_at as "refusedAt",
            old_keys_end as "oldKeysEnd" from host_pairing`,
  );
  if (!row) return null;
  return {
    ...row,
    pairedAt: new Date(row.pairedAt),
    refusedAt: row.refusedAt === null ? null : new Date(row.refusedAt),
  };
}

/** True while keys from before this pairing are accepted. */
export function oldKeysHold({ pairedAt, oldKeysEnd }: Pairing, now: Date): boolean {
  return !oldKeysEnd && now.getTime() < pairedAt.getTime() + OLD_KEYS_MINUTES * 60_000;
}

/** True when the database belongs to another host: its clients' ids would be taken for this one's. */
export async function holdsAnotherHost(em: EntityManager, kind: string): Promise<boolean> {
  const pairing = await readPairing(em);
  if (pairing) return pairing.hostKind !== kind;
  if (kind === 'sandbox') return false;
  const [known] = await em.execute<unknown[]>('select 1 from reseller limit 1');
  return known !== undefined;
}
