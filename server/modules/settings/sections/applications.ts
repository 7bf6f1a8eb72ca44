import { z } from 'zod';
import { amount, currencyCode } from '../../../../hooks/contract/index.ts';

/** ISO 3166 code of a country, two letters. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'write a country as its two letters such as "DE"');

/** When an application is approved without a person; every condition that is set must hold. */
export const automaticApproval = z
  .strictObject({
    mode: z.enum(['off', 'on', 'conditions']).default('off'),
    /** The client account is at least this many days old. */
    clientAgeDays: z.int().min(1).max(36_500).nullable().default(null),
    noOverdueInvoice: z.boolean().default(false),
    /** Paid at the host, less refunds, in this currency alone, at least. */
    paidTotal: z
      .strictObject({
        amount: amount.refine((text) => Number(text) > 0, 'write an amount above zero'),
        currency: currencyCode,
      })
      .nullable()
      .default(null),
    /** The tax ID passes the number check of its country. */
    taxIdChecked: z.boolean().default(false),
    /** The country is one of these; empty = any. */
    countries: z.array(countryCode).max(250).default([]),
  })
  .refine(
    (rule) =>
      rule.mode !== 'conditions' ||
      rule.clientAgeDays !== null ||
      rule.noOverdueInvoice ||
      rule.paidTotal !== null ||
      rule.taxIdChecked ||
      rule.countries.length > 0,
    'set at least one condition, or choose "on" to approve everybody',
  );
export type AutomaticApproval = z.output<typeof automaticApproval>;

/** Who may apply, and how applications go on. Waits are days of 24 hours. */
export const applicationsSection = z
  .strictObject({
    open: z.boolean().default(true),
    /** Countries of clients who may apply; empty = all. */
    countries: z.array(countryCode).max(250).default([]),
    /** Days from a rejection until the same client may apply again; 0 = at once. */
    reapplyDays: z.int().min(0).max(3650).default(30),
    /** Days until a request for information is repeated, and until it is given up (screens: 7 and 30). */
    remindAfterDays: z.int().min(1).max(365).default(7),
    expireAfterDays: z.int().min(1).max(365).default(30),
    automatic: automaticApproval.prefault({}),
    /** Answers that reviewers use again. */
    replies: z
      .array(z.strictObject({ title: z.string().trim().min(1).max(100), text: z.string().trim().min(1).max(5000) }))
      .max(50)
      .default([]),
  })
  .refine(({ remindAfterDays, expireAfterDays }) => remindAfterDays < expireAfterDays, {
    path: ['remindAfterDays'],
    message: 'the reminder must come before the application is closed',
  });
