import type { EntityManager } from '@mikro-orm/postgresql';
import { ServiceError } from '../../errors.ts';
import { Reseller } from '../reseller/entity.ts';
import { ProfileChange, ResellerProfile } from './entity.ts';
import { companyFieldNames, type CompanyField, type CompanyFields } from './schemas.ts';

export interface Held {
  reseller: Reseller;
  profile: ResellerProfile;
}

/** Reseller and profile; the latter is made when it is missing. @throws not_found, conflict for another version */
export async function loadProfile(em: EntityManager, resellerId: string, version?: number): Promise<Held> {
  const reseller = await em.findOne(Reseller, resellerId);
  if (!reseller) throw new ServiceError('not_found', 'There is no reseller with this id.');
  await em.execute('insert into reseller_profile (reseller_id) values (?) on conflict do nothing', [resellerId]);
  const profile = await em.findOneOrFail(ResellerProfile, resellerId);
  if (version !== undefined && profile.version !== version) {
    throw new ServiceError(
      'version_mismatch',
      'Somebody changed this profile meanwhile. Load it again and repeat your change.',
    );
  }
  return { reseller, profile };
}

/** The same for reading: nothing is written. @throws not_found */
export async function readProfile(em: EntityManager, resellerId: string): Promise<Held> {
  const reseller = await em.findOne(Reseller, resellerId);
  if (!reseller) throw new ServiceError('not_found', 'There is no reseller with this id.');
  const missing = { resellerId, contacts: [], tags: [], version: 1 };
  const profile =
    (await em.findOne(ResellerProfile, resellerId)) ?? em.create(ResellerProfile, missing, { persist: false });
  return { reseller, profile };
}

/** Company data as it is now. */
export function companyOf({ reseller, profile }: Held): CompanyFields {
  return {
    company: reseller.company,
    registrationNumber: profile.registrationNumber ?? null,
    taxId: profile.taxId ?? null,
    country: profile.country ?? null,
    address: profile.address ?? null,
    phone: profile.phone ?? null,
    website: profile.website ?? null,
    billingEmail: profile.billingEmail ?? null,
    language: profile.language ?? null,
    contacts: profile.contacts,
  };
}

/** Puts values into reseller and profile. Every change moves the profile's version, the name's as well. */
export function putCompany({ reseller, profile }: Held, values: Partial<CompanyFields>, now: Date): void {
  const { company, ...others } = values;
  if (company !== undefined) reseller.company = company;
  Object.assign(profile, others, { editedAt: now });
}

/** Some of the fields, as a caller sends them: what is undefined was not named. */
export type Wanted = { [Name in CompanyField]?: CompanyFields[Name] | undefined };

/** What differs from the held values, by field. */
export function differences(held: CompanyFields, wanted: Wanted): Partial<CompanyFields> {
  const changed = (Object.keys(wanted) as CompanyField[]).filter(
    (name) => wanted[name] !== undefined && JSON.stringify(wanted[name]) !== JSON.stringify(held[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}

/** Which fields wait for the provider before they change. */
export async function checkedFields(em: EntityManager): Promise<ReadonlySet<CompanyField>> {
  const [row] = await em.execute<{ checked_fields: unknown[] }[]>(
    'select checked_fields from reseller_policy where id = 1',
  );
  return new Set((row?.checked_fields ?? []).flatMap((name) => companyFieldNames.safeParse(name).data ?? []));
}

/** The change that waits, as its reseller sees it. */
export async function pendingChange(em: EntityManager, resellerId: string) {
  const change = await em.findOne(ProfileChange, { resellerId, status: 'pending' });
  return change && changeRow(change);
}

export function changeRow(change: ProfileChange) {
  const { id, resellerId, fields, status, askedAt, decidedAt, version } = change;
  return {
    id,
    resellerId,
    fields,
    status,
    askedAt: askedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    reason: change.reason ?? null,
    version,
  };
}
