import type { Customer } from './entity.ts';

/**
 * What the activity log keeps of a customer, before and after a change. Of the reseller's own words no more than that there
 * are some: the provider reads the log.
 */
export function snapshot(customer: Customer) {
  const { name, company, email, externalReference, hostClientId, phone, country, language, note, status } = customer;
  return {
    name,
    company,
    email,
    externalReference,
    hostClientId,
    phone,
    country,
    language,
    hasNote: note !== null,
    status,
  };
}

/** What the outside hears of a customer: who it is to the reseller, no contact and no notes. */
export function customerEvent({ id, externalReference, status }: Customer) {
  return { customerId: id, externalReference: externalReference ?? null, status };
}
