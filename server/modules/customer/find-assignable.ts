import type { EntityManager } from '@mikro-orm/postgresql';
import { ServiceError } from '../../errors.ts';
import { Customer } from './entity.ts';

/** A customer that something can be given to: the reseller's own and not archived; null for nobody. @throws not_found */
export async function findAssignable(
  em: EntityManager,
  resellerId: string,
  customerId: string | null,
): Promise<Customer | null> {
  if (customerId === null) return null;
  const customer = await em.findOne(Customer, { id: customerId, resellerId, status: 'active' });
  if (!customer) throw new ServiceError('not_found', 'There is no such customer.', '/customerId');
  return customer;
}
