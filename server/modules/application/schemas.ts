import { z } from 'zod';

export const applicationStatus = z.enum([
  'draft',
  'submitted',
  'info_requested',
  'answered',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
]);
export type ApplicationStatus = z.infer<typeof applicationStatus>;

/** Answers by field: text, number, chosen ids, or consent. */
export const answersInput = z.record(
  z.string().max(40),
  z.union([z.string().max(10_000), z.number(), z.boolean(), z.array(z.string().max(60)).max(100), z.null()]),
);
export type Answers = Record<string, string | number | boolean | string[]>;

/** Why an application looks like another record, and how much that matters. */
export const matchLevels = {
  tax_id: 'danger',
  registration_number: 'danger',
  domain: 'warning',
  phone: 'warning',
  name: 'warning',
  earlier: 'info',
} as const;
export type MatchReason = keyof typeof matchLevels;

/** ok: passes the number check of its country. unchecked: no check is known for the country, or nothing was entered. */
export type TaxIdCheck = 'ok' | 'wrong' | 'unchecked';

/** A message to the other side; shown to both. */
export const message = z.string().trim().min(1, 'write a message').max(5000);
/** For the team only: never in an event, a notice or anything the applicant gets. */
export const internalNote = z.string().trim().max(5000).nullable().default(null);
