import { type ServiceContext, tenantOf } from './context.ts';
import { ServiceError } from './errors.ts';

/** The reseller that acts. For verbs that only make sense for one: an admin without one is refused. @throws forbidden */
export function actingReseller({ actor }: ServiceContext): string {
  const resellerId = tenantOf(actor);
  if (resellerId === null) throw new ServiceError('forbidden', 'Only a reseller can do this.');
  return resellerId;
}

/** Filter that keeps a reseller within its own rows; admins see all. */
export function ownRows({ actor }: ServiceContext): { resellerId?: string } {
  const resellerId = tenantOf(actor);
  if (resellerId !== null) return { resellerId };
  if (actor.kind === 'client') throw new ServiceError('forbidden', 'Only a reseller can see this.');
  return {};
}

/** For sums and figures, which are worked out for one reseller at a time. @throws bad_input when an admin named none */
export function requireOneReseller(resellerId: string | undefined): void {
  if (resellerId !== undefined) return;
  throw new ServiceError(
    'bad_input',
    'Choose a reseller first: figures are worked out for one at a time.',
    '/resellerId',
  );
}
