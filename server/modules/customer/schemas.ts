import { z } from 'zod';

const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullable()
    .transform((text) => (text === '' ? null : text));

/** What a reseller writes down about a customer. Empty texts are none. */
export const customerFields = z.object({
  name: z.string().trim().min(1, 'enter the customer’s name').max(200),
  company: optional(200).default(null),
  email: z.email('enter an e-mail address').max(320),
  externalReference: optional(120).default(null),
  phone: optional(40).default(null),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{2})?$/, 'write the country as its two-letter code such as "DE"')
    .nullable()
    .transform((text) => (text === '' ? null : text))
    .default(null),
  language: z
    .string()
    .trim()
    .regex(/^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/, 'write the language as its code such as "de" or "pt-BR"')
    .nullable()
    .transform((text) => (text === '' ? null : text))
    .default(null),
  note: optional(4000).default(null),
});
export type CustomerFields = z.output<typeof customerFields>;

export const customerId = z.string().max(60);
export const customerStatus = z.enum(['active', 'archived']);
