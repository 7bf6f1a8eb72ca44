import type { ServiceContext } from '../../context.ts';
import type { Application } from './entity.ts';
import { type Keys, LEGAL_FORM } from './keys.ts';
import type { MatchReason } from './schemas.ts';

/**
 * Trigram likeness from which two names count as alike. Legal forms are gone from both: "alpha hosting" and "beta hosting"
 * reach 0.42, a missing letter or a second word about 0.6.
 */
const LIKE_NAME = 0.5;

/** Nobody reads more; and with a bound the planner looks each of them up instead of reading the whole table. */
const MOST = 100;

const SOMEBODY_ELSE = `a.status <> 'draft' and a.host_client_id <> me.host_client_id`;
const NOT_BY_APPLICATION = `r.host_client_id <> me.host_client_id
         and not exists (select 1 from application a where a.reseller_id = r.id)`;

/**
 * Others like `me`, a relation of one row with its keys. One select for each reason, so that each uses its own index; an
 * unknown key is null and equals nothing. A reseller that came by an application is found by that.
 */
const FOUND = `
  others (id, reason) as (
    select a.id, 'tax_id' from me join application a on a.tax_key = me.tax_key and ${SOMEBODY_ELSE}
    union select a.id, 'registration_number' from me join application a on a.registration_key = me.registration_key and ${SOMEBODY_ELSE}
    union select a.id, 'phone' from me join application a on a.phone_key = me.phone_key and ${SOMEBODY_ELSE}
    union select a.id, 'domain' from me join application a on a.domain_keys && me.domain_keys and ${SOMEBODY_ELSE}
    union select a.id, 'name' from me join application a on a.name_key % me.name_key
      and similarity(a.name_key, me.name_key) >= ? and ${SOMEBODY_ELSE}
    union select a.id, 'earlier' from me join application a on a.host_client_id = me.host_client_id
      and a.id <> me.id and a.status <> 'draft'
    limit ${MOST}
  ),
  resellers (id, reason) as (
    select r.id, 'name' from me join reseller r on lower(r.company) % me.name_key
      and similarity(regexp_replace(lower(r.company), ?, '', 'g'), me.name_key) >= ? and ${NOT_BY_APPLICATION}
    union select r.id, 'domain' from me join reseller r on lower(split_part(r.email, '@', 2)) = any (me.domain_keys)
      and ${NOT_BY_APPLICATION}
    limit ${MOST}
  )`;
const FOUND_PARAMETERS = [LIKE_NAME, LEGAL_FORM, LIKE_NAME];

/**
 * Looks for other applications and resellers with the same tax ID, registration number, domain or telephone, a like name,
 * and for earlier applications of the same client. Replaces what was found before; what was dismissed stays dismissed.
 * An application under way that is found is told of this one in turn.
 */
export async function findMatches({ em, now }: ServiceContext, { id }: Application): Promise<void> {
  await em.execute(
    `delete from application_match where dismissed_at is null
        and (application_id = ? or (other_type = 'application' and other_id = ?))`,
    [id, id],
  );
  await em.execute(
    `with me as (select * from application where id = ?), ${FOUND}
     insert into application_match (application_id, other_type, other_id, reason, found_at)
     select me.id, 'application', o.id, o.reason, ?::timestamptz from me, others o
     union all select me.id, 'reseller', r.id, r.reason, ?::timestamptz from me, resellers r
     union all select o.id, 'application', me.id, o.reason, ?::timestamptz
       from me, others o join application a on a.id = o.id
      where o.reason <> 'earlier' and a.status in ('submitted', 'info_requested', 'answered')
     on conflict do nothing`,
    [id, ...FOUND_PARAMETERS, now, now, now],
  );
}

/** Who is like a company that is only being typed in: nothing is written. */
export async function findLike({ em }: ServiceContext, keys: Keys & { hostClientId: string }) {
  return em.execute<
    { type: 'application' | 'reseller'; id: string; name: string; status: string; reason: MatchReason }[]
  >(
    `with me as (
       select '' as id, ?::text as host_client_id, ?::text as tax_key, ?::text as registration_key, ?::text as phone_key,
              ?::text as name_key, array(select jsonb_array_elements_text(?::jsonb)) as domain_keys
     ), ${FOUND}
     select 'application' as type, a.id, a.business_name as name, a.status, o.reason from others o join application a on a.id = o.id
     union all select 'reseller', r.id, r.company, r.status, f.reason from resellers f join reseller r on r.id = f.id
     order by id, reason`,
    [
      keys.hostClientId,
      keys.taxKey,
      keys.registrationKey,
      keys.phoneKey,
      keys.nameKey,
      JSON.stringify(keys.domainKeys),
      ...FOUND_PARAMETERS,
    ],
  );
}

/** True when the same tax ID or registration number stands on another record, and nobody said that it is no duplicate. */
export async function isDuplicate({ em }: ServiceContext, { id }: Application): Promise<boolean> {
  const found = await em.execute(
    `select 1 from application_match
      where application_id = ? and reason in ('tax_id', 'registration_number') and dismissed_at is null limit 1`,
    [id],
  );
  return found.length > 0;
}
