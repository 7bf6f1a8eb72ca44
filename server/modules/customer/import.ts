import type { HostClient } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { record } from '../activity/record.ts';
import { Customer } from './entity.ts';
import { customerEvent } from './snapshot.ts';

/** Makes a client of the host the customer of a reseller, in the caller's transaction. Its services stay as they are. */
export function importCustomer(ctx: ServiceContext, resellerId: string, client: HostClient): void {
  const { em, now } = ctx;
  const facts = { name: client.name, company: client.company, email: client.email, hostClientId: client.id };
  const customer = em.create(Customer, {
    id: newId('cus'),
    resellerId,
    ...facts,
    externalReference: null,
    status: 'active',
    createdAt: now,
    version: 1,
  });
  record(ctx, {
    action: 'customer.created',
    subject: { type: 'customer', id: customer.id },
    resellerId,
    after: facts,
    event: customerEvent(customer),
  });
}
