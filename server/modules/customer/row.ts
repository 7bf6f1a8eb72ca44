import type { Customer } from './entity.ts';

/** A customer as lists and screens see it. */
export function customerRow(customer: Customer, orders: number) {
  const { id, name, company, email, externalReference, status, createdAt, version } = customer;
  return { id, name, company, email, externalReference, status, orders, createdAt: createdAt.toISOString(), version };
}
