import { z } from 'zod';

const text = (max: number) => z.string().trim().max(max).nullable();

export const contact = z.object({
  name: z.string().trim().min(1, 'enter the contact’s name').max(200),
  role: z.string().trim().max(100).nullable().default(null),
  email: z.email('enter an e-mail address').max(320).nullable().default(null),
  phone: text(60).default(null),
});
export type Contact = z.infer<typeof contact>;

/** Company data that a reseller enters itself; which of it the provider checks first is a setting. */
export const companyFields = z.object({
  company: z.string().trim().min(1, 'enter the company’s name').max(200),
  registrationNumber: text(60),
  taxId: text(60),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'write the country as two letters such as "DE"')
    .nullable(),
  address: text(1000),
  phone: text(60),
  website: z
    .url({ protocol: /^https?$/, error: 'enter an address that begins with https://' })
    .max(300)
    .nullable(),
  billingEmail: z.email('enter an e-mail address').max(320).nullable(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'write the language as two letters such as "de"')
    .nullable(),
  contacts: z.array(contact).max(20),
});
export type CompanyFields = z.infer<typeof companyFields>;
export type CompanyField = keyof CompanyFields;
export const companyFieldNames = companyFields.keyof();

/** Old and new value by field. */
export type CheckedChange = Partial<Record<CompanyField, { from: unknown; to: unknown }>>;
