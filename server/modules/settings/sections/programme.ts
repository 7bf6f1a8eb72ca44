import { z } from 'zod';

/** The names of time zones come from the runtime: no list of our own that ages. */
function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The programme as a whole. `enabled` and `billingZone` are columns of the programme. */
export const programmeSection = z.strictObject({
  /** Off: no orders, no applications, the API answers programme_off; running services go on. */
  enabled: z.boolean().default(true),
  /** IANA zone in which days of revenue are cut and rules are typed; null follows the host. */
  billingZone: z.string().max(60).refine(isZone, 'write a time zone such as "Europe/Berlin"').nullable().default(null),
  /** Shown before the form; plain text. */
  publicText: z.string().trim().max(20_000).default(''),
  /** Tier of a reseller for whom no other is chosen. */
  defaultTierId: z.string().min(1).max(60).default('bronze'),
  defaultApiEnabled: z.boolean().default(true),
  /** Whether applicants see the tiers with their discounts. */
  showLadder: z.boolean().default(true),
});
