import type { EntityManager } from '@mikro-orm/postgresql';

/** What keeps a customer from being archived or deleted. */
export interface Holds {
  orders: number;
  /** Orders that are being placed or wait for payment. */
  openOrders: number;
  services: number;
  /** Services that are not cancelled. */
  liveServices: number;
}

export async function holdsOf(em: EntityManager, customerId: string): Promise<Holds> {
  const [row] = await em.execute<Holds[]>(
    `select (select count(*)::int from reseller_order where customer_id = ?) as orders,
            (select count(*)::int from reseller_order where customer_id = ? and status in ('placing', 'pending')) as "openOrders",
            (select count(*)::int from service where customer_id = ?) as services,
            (select count(*)::int from service where customer_id = ? and status <> 'cancelled') as "liveServices"`,
    [customerId, customerId, customerId, customerId],
  );
  return row!;
}

/** Why the customer cannot be archived, in words; null when it can. */
export function archiveBlocked({ liveServices, openOrders }: Holds): string | null {
  if (liveServices > 0)
    return `${liveServices} of its services still run. Cancel them or assign them to another customer.`;
  if (openOrders > 0) return `${openOrders} of its orders are not finished. Cancel them or wait until they are paid.`;
  return null;
}

/** Why the customer cannot be deleted, in words; null when it can. */
export function deleteBlocked({ orders, services }: Holds): string | null {
  if (orders + services === 0) return null;
  return `${orders} orders and ${services} services belong to it: they must stay on record. Archive it instead.`;
}
