import type { HostPort, OrderItem } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { Customer } from '../customer/entity.ts';
import { hostFacts } from '../host/facts.ts';

/** In whose name a domain is registered: the customer's, or that of the reseller's own account in the host. */
export type Registrant = 'customer' | 'reseller';

type Action = Pick<OrderItem, 'action'>;

/** Whom this host names to the registry for an order with a customer (pricing.md rule 15). Null when nothing is registered. @throws HostError */
export async function registrantOf(host: HostPort, lines: readonly Action[]): Promise<Registrant | null> {
  if (!lines.some(({ action }) => action === 'register' || action === 'transfer')) return null;
  const { capabilities } = await hostFacts(host);
  return capabilities.includes('registrants') ? 'customer' : 'reseller';
}

/**
 * A domain belongs to the customer unless the order says otherwise. Where the host can only register for the reseller's
 * account, the order has to say so: whom a domain belongs to is never decided in silence. @throws bad_input
 */
export async function requireRegistrant(
  ctx: ServiceContext,
  {
    customerId,
    lines,
    registrant,
  }: { customerId: string | null; lines: readonly Action[]; registrant?: Registrant | undefined },
): Promise<void> {
  if (customerId === null) return;
  const possible = await registrantOf(ctx.host, lines);
  if (possible === null || possible === (registrant ?? 'customer')) return;
  throw new ServiceError(
    'bad_input',
    possible === 'reseller'
      ? 'This platform registers domains in the name of your own account, not of your customer. To have that, order with "registrant": "reseller".'
      : 'This platform registers domains in the name of the customer. To own the domain yourself, order without a customer.',
    '/registrant',
  );
}

/** What the host is told of the domain's owner; null for the reseller's own account. @throws HostError */
export async function registrantFor(host: HostPort, lines: readonly Action[], customer: Customer | null) {
  if (!customer || (await registrantOf(host, lines)) !== 'customer') return null;
  const { name, company, email, phone, country } = customer;
  return { name, company: company ?? null, email, phone: phone ?? null, country: country ?? null };
}
