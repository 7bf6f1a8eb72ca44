import type { Customer } from './entity.ts';

/** A customer as lists and screens see it. */
export function customerRow(customer: Customer, orders: number) {
  const { id, resellerId, name, company, email, externalReference, hostClientId, status, createdAt, version } =
    customer;
  const { phone, country, language } = customer;
  return {
    id,
    resellerId,
    name,
    company: company ?? null,
    email,
    externalReference: externalReference ?? null,
    hostClientId: hostClientId ?? null,
    phone: phone ?? null,
    country: country ?? null,
    language: language ?? null,
    status,
    orders,
    createdAt: createdAt.toISOString(),
    version,
  };
}
