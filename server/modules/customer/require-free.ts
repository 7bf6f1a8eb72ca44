import type { EntityManager } from '@mikro-orm/postgresql';
import { ServiceError } from '../../errors.ts';
import { CALLED } from './called.ts';
import type { CustomerFields } from './schemas.ts';

/**
 * E-mail address and reference name one customer among a reseller's own. The unique indexes decide in the end; this says
 * which customer has them. @throws duplicate
 */
export async function requireFree(
  em: EntityManager,
  resellerId: string,
  { email, externalReference }: Pick<CustomerFields, 'email' | 'externalReference'>,
  except = '',
): Promise<void> {
  const [taken] = await em.execute<{ name: string; status: string; by_email: boolean }[]>(
    `select ${CALLED} as name, status, lower(email) = lower(?) as by_email from customer c
      where reseller_id = ? and id <> ? and (lower(email) = lower(?) or external_reference = ?) limit 1`,
    [email, resellerId, except, email, externalReference],
  );
  if (!taken) return;
  const who = `${taken.name}${taken.status === 'archived' ? ' (archived)' : ''}`;
  throw taken.by_email
    ? new ServiceError('duplicate', `Your customer ${who} has this e-mail address. Use that one.`, '/email')
    : new ServiceError('duplicate', `Your customer ${who} has this reference. Use another one.`, '/externalReference');
}
