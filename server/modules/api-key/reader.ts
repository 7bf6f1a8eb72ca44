import { type Batched, batched } from '../../platform/database/batched.ts';
import type { Orm } from '../../platform/database/orm.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { withRetry } from '../../platform/database/retry.ts';
import { STANDING_COLUMNS, type Standing } from '../reseller/standing.ts';
import { apiSection } from '../settings/sections/api.ts';
import type { KeyMode } from './format.ts';
import type { Counter } from './rate.ts';
import { spendSql } from './spend.ts';

/** A key by its digest, with its reseller's standing; the latter is missing for the provider's own keys. */
interface KeyRow extends Partial<Standing> {
  digest: Buffer;
  keyId: string;
  keyName: string;
  scopes: string[];
  mode: KeyMode;
  allowlist: string[];
  revoked: boolean;
  expired: boolean;
  /** Null where there is no limit. */
  keyCounter: Counter | null;
  resellerCounter: Counter | null;
}

export type KeyReader = Batched<Buffer, KeyRow>;

type Found = Omit<KeyRow, 'keyCounter' | 'resellerCounter'> & Spent<'key'> & Spent<'reseller'>;
type Spent<Name extends string> = {
  [Field in 'Rate' | 'Used' | 'Asked' | 'Carried' | 'Reset' as `${Name}${Field}`]: number | null;
};

const limit = (field: 'ratePerMinute' | 'burst' | 'resellerRatePerMinute', name: string) =>
  `case when jsonb_exists("values", '${field}') then ("values" ->> '${field}')::int
        else ${apiSection.parse({})[field] ?? 'null'} end as ${name}`;
const reset = (table: string) =>
  `ceil(extract(epoch from ${table}.started_at + interval '1 minute' - (select now from moment)))::int`;

/*
 * Look-up and limits in one statement, for all calls of one turn of the event loop. Calls that the key's limit refuses do
 * not count for the reseller: one key that runs wild leaves the others theirs.
 */
const LOOK_UP = prepared(
  'api-key-look-up',
  `with moment as (select ?::timestamptz as now), asked as (
     select digest, n from unnest(?::bytea[], ?::int[]) as a(digest, n)
   ), policy as (
     select ${limit('ratePerMinute', 'key_rate')}, ${limit('burst', 'burst')},
            ${limit('resellerRatePerMinute', 'reseller_rate')}
       from settings where section = 'api'
   ), known as materialized (
     select k.*, a.n, k.revoked_at is not null as revoked, coalesce(k.expires_at <= (select now from moment), false) as expired
       from asked a join api_key k on k.digest = a.digest
   ), counted as (
     select id as name, reseller_id, n from known
      where reseller_id is not null and not revoked and not expired
   ), by_key as (
     ${spendSql('counted where (select key_rate from policy) is not null', '(select key_rate from policy)', '(select burst from policy)')}
   ), let_in as (
     select c.reseller_id as name,
            sum(case when p.key_rate is null then c.n
                     else greatest(0, least(c.n, p.key_rate + b.carried - (b.used - c.n))) end)::int as n
       from counted c cross join policy p left join by_key b on b.name = c.name
      where p.reseller_rate is not null group by c.reseller_id
   ), by_reseller as (
     ${spendSql('let_in', '(select reseller_rate from policy)', '(select burst from policy)')}
   )
   select k.digest, k.id as "keyId", k.name as "keyName", k.scopes, k.mode, k.allowlist, k.revoked, k.expired,
          p.key_rate as "keyRate", b.used as "keyUsed", k.n as "keyAsked", b.carried as "keyCarried", ${reset('b')} as "keyReset",
          p.reseller_rate as "resellerRate", c.used as "resellerUsed", l.n as "resellerAsked",
          c.carried as "resellerCarried", ${reset('c')} as "resellerReset",
          ${STANDING_COLUMNS}
     from known k cross join policy p left join by_key b on b.name = k.id
     left join by_reseller c on c.name = k.reseller_id left join let_in l on l.name = k.reseller_id
     left join reseller r on r.id = k.reseller_id join programme g on g.id = 1`,
);

/** Keys are read from the database at each use: nothing of them is kept. */
export function createKeyReader(orm: Orm, clock: () => Date): KeyReader {
  const load = async (digests: Buffer[]) => {
    const now = clock();
    const asked = new Map<string, { digest: Buffer; n: number }>();
    for (const digest of digests) {
      const name = nameOf(digest);
      asked.set(name, { digest, n: (asked.get(name)?.n ?? 0) + 1 });
    }
    const each = [...asked.values()];
    const values = [now, each.map(({ digest }) => digest), each.map(({ n }) => n), now, now];
    const resellers = new Map<string, Counter | null>();
    return (await withRetry(() => executePrepared<Found>(orm.em, LOOK_UP, values))).map((found): KeyRow => {
      const reseller = found.resellerId ?? '';
      // One counter for all keys of a reseller: the calls of the batch share what is left.
      if (!resellers.has(reseller)) resellers.set(reseller, counterOf(found, 'reseller'));
      return { ...found, keyCounter: counterOf(found, 'key'), resellerCounter: resellers.get(reseller) ?? null };
    });
  };
  return batched(load, (row) => row.digest, nameOf);
}

const nameOf = (digest: Buffer): string => digest.toString('latin1');

function counterOf(found: Found, name: Counter['name']): Counter | null {
  const quota = found[`${name}Rate`];
  const used = found[`${name}Used`];
  if (quota === null || used === null) return null;
  return {
    name,
    quota,
    capacity: quota + (found[`${name}Carried`] ?? 0),
    before: used - (found[`${name}Asked`] ?? 0),
    taken: 0,
    resetSeconds: Math.max(1, found[`${name}Reset`] ?? 1),
  };
}
