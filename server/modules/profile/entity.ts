import { defineEntity, p } from '@mikro-orm/core';
import type { CheckedChange, Contact } from './schemas.ts';

export const ResellerProfileSchema = defineEntity({
  name: 'ResellerProfile',
  tableName: 'reseller_profile',
  properties: {
    resellerId: p.string().primary(),
    registrationNumber: p.string().nullable(),
    taxId: p.string().nullable(),
    country: p.string().nullable(),
    address: p.string().nullable(),
    phone: p.string().nullable(),
    website: p.string().nullable(),
    billingEmail: p.string().nullable(),
    language: p.string().nullable(),
    contacts: p.json<Contact[]>().default('[]' as never),
    /** Id of the host's payment method that is offered first. */
    paymentMethod: p.string().nullable(),
    /** Who looks after it on the provider's side. */
    manager: p.string().nullable(),
    tags: p.json<string[]>().default('[]' as never),
    /** Of any company data, the name included: each change moves the version. */
    editedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** Company data of a reseller beyond its name. */
export class ResellerProfile extends ResellerProfileSchema.class {}
ResellerProfileSchema.setClass(ResellerProfile);

export const ProfileChangeSchema = defineEntity({
  name: 'ProfileChange',
  tableName: 'profile_change',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    fields: p.json<CheckedChange>(),
    status: p.string().$type<'pending' | 'approved' | 'rejected' | 'withdrawn'>(),
    askedBy: p.string(),
    askedAt: p.datetime(),
    decidedBy: p.string().nullable(),
    decidedAt: p.datetime().nullable(),
    /** Shown to the reseller. */
    reason: p.string().nullable(),
    version: p.integer().version(),
  },
});
/** What a reseller wants changed of the checked fields. */
export class ProfileChange extends ProfileChangeSchema.class {}
ProfileChangeSchema.setClass(ProfileChange);
