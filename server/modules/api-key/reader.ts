import { type Batched, batched } from '../../platform/database/batched.ts';
import type { Orm } from '../../platform/database/orm.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { STANDING_COLUMNS, type Standing } from '../reseller/standing.ts';
import { apiSection } from '../settings/sections/api.ts';
import type { KeyMode } from './format.ts';

/** A key by its digest, with the limits of today and its reseller's standing; the latter is missing for the provider's own keys. */
interface KeyRow extends Partial<Standing> {
  digest: Buffer;
  keyId: string;
  keyName: string;
  scopes: string[];
  mode: KeyMode;
  allowlist: string[];
  revoked: boolean;
  expired: boolean;
  /** Calls a minute; null where there is no limit. */
  keyQuota: number | null;
  resellerQuota: number | null;
  burst: number;
}

export type KeyReader = Batched<Buffer, KeyRow>;

const setting = (field: 'ratePerMinute' | 'burst' | 'resellerRatePerMinute', name: string) =>
  `case when jsonb_exists(s."values", '${field}') then (s."values" ->> '${field}')::int
        else ${apiSection.parse({})[field] ?? 'null'} end as "${name}"`;

/** One statement for all calls of one turn of the event loop. */
const LOOK_UP = prepared(
  'api-key-look-up',
  `select k.digest, k.id as "keyId", k.name as "keyName", k.scopes, k.mode, k.allowlist, k.revoked_at is not null as revoked,
          coalesce(k.expires_at <= ?, false) as expired, ${setting('ratePerMinute', 'keyQuota')},
          ${setting('resellerRatePerMinute', 'resellerQuota')}, ${setting('burst', 'burst')},
          ${STANDING_COLUMNS}
     from api_key k join settings s on s.section = 'api' join programme g on g.id = 1
     left join reseller r on r.id = k.reseller_id where k.digest = any(?)`,
);

/** Keys are read from the database at each use: nothing of them is kept. */
export function createKeyReader(orm: Orm, clock: () => Date): KeyReader {
  const load = (digests: Buffer[]) => {
    const now = clock();
    const asked = [...new Map(digests.map((digest) => [nameOf(digest), digest])).values()];
    return withRetry(() => executePrepared<KeyRow>(orm.em, LOOK_UP, [now, now, now, asked]));
  };
  return batched(load, (row) => row.digest, nameOf);
}

const nameOf = (digest: Buffer): string => digest.toString('latin1');
