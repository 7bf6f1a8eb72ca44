import type { Profile } from '#lib/api/contract.ts';
import { t, type MessageKey } from '#lib/messages/index.svelte.ts';

/** Company data in the order of the form. */
export const COMPANY_FIELDS = [
  'company',
  'registrationNumber',
  'taxId',
  'country',
  'address',
  'phone',
  'website',
  'billingEmail',
  'language',
] as const;
export type CompanyField = (typeof COMPANY_FIELDS)[number];

/** Somebody at the company. */
export type Contact = Profile['contacts'][number];

const LABELS: Record<CompanyField, MessageKey> = {
  company: 'company.name',
  registrationNumber: 'company.registrationNumber',
  taxId: 'company.taxId',
  country: 'customers.country',
  address: 'company.address',
  phone: 'customers.phone',
  website: 'company.website',
  billingEmail: 'company.billingEmail',
  language: 'company.language',
};
export const fieldLabel = (field: CompanyField): string => t(LABELS[field]);
