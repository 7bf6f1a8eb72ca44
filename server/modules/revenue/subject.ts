import { type ServiceContext, tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { Reseller } from '../reseller/entity.ts';

/**
 * Whose figures are asked for: a reseller's own, or for an admin those of the one it names. A foreign id is answered like
 * an unknown one. @throws not_found, bad_input
 */
export async function subjectReseller(ctx: ServiceContext, asked: string | undefined): Promise<string> {
  const unknown = new ServiceError('not_found', 'There is no reseller with this id.', '/resellerId');
  const own = tenantOf(ctx.actor);
  if (own !== null) {
    if (asked !== undefined && asked !== own) throw unknown;
    return own;
  }
  if (asked === undefined) throw new ServiceError('bad_input', 'Say which reseller: resellerId.', '/resellerId');
  if ((await ctx.em.count(Reseller, { id: asked })) === 0) throw unknown;
  return asked;
}
