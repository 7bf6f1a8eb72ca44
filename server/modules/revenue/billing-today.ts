import type { EntityManager } from '@mikro-orm/postgresql';
import { Programme } from '../programme/entity.ts';
import { billingDay } from './billing-day.ts';

/** The calendar day (2027-01-31) that it is in the provider's billing zone. */
export async function billingToday(em: EntityManager, now: Date): Promise<string> {
  const { billingZone } = await em.findOneOrFail(Programme, 1);
  return billingDay(now, billingZone);
}
