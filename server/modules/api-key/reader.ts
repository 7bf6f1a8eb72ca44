import { type Batched, batched } from '../../platform/database/batched.ts';
import type { Orm } from '../../platform/database/orm.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { STANDING_COLUMNS, type Standing } from '../reseller/standing.ts';

/** A usable key by its digest, with its reseller's standing; the latter is missing for the provider's own keys. */
interface KeyRow extends Partial<Standing> {
  digest: Buffer;
  keyId: string;
  keyName: string;
  scopes: string[];
}

export type KeyReader = Batched<Buffer, KeyRow>;

const LOOK_UP = prepared(
  'api-key-look-up',
  `select k.digest, k.id as "keyId", k.name as "keyName", k.scopes, ${STANDING_COLUMNS}
     from api_key k left join reseller r on r.id = k.reseller_id cross join programme g
    where k.digest = any(?) and k.revoked_at is null and (k.expires_at is null or k.expires_at > ?)`,
);

/** Keys are read from the database at each use: nothing of them is kept. */
export function createKeyReader(orm: Orm, clock: () => Date): KeyReader {
  const load = (digests: Buffer[]) => {
    const now = clock();
    return executePrepared<KeyRow>(orm.em, LOOK_UP, [now, now, digests, now]);
  };
  return batched(
    load,
    (row) => row.digest,
    (digest) => digest.toString('latin1'),
  );
}
