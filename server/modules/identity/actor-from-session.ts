import type { EntityManager } from '@mikro-orm/postgresql';
import type { SessionClaims } from '../../../hooks/transport/session-token.ts';
import type { Actor } from '../../context.ts';
import { adminPermissions, clientPermissions, intersect, resellerPermissions } from '../../permissions.ts';
import type { Reseller } from '../reseller/entity.ts';
import { findByHostClient } from '../reseller/find-by-host-client.ts';
import { cutToGate, gates, portalGate, RECORDS_DAYS } from '../reseller/gates.ts';

/**
 * Who a verified session token speaks for: the scopes the host gave, cut to what that kind of user may ever do. A client
 * who is no reseller may apply; an admin who looks on as that client may not do it in its place. A terminated reseller
 * reads its records for a while more.
 */
export async function actorFromSession(em: EntityManager, claims: SessionClaims, now: Date): Promise<Actor> {
  if (claims.portal === 'admin') {
    const { sub: id, name = id } = claims;
    return { kind: 'admin', id, name, permissions: intersect(claims.scopes, adminPermissions) };
  }
  const reseller = claims.account === null ? null : await findByHostClient(em, claims.account);
  if (!reseller || isOver(reseller, now)) {
    return {
      kind: 'client',
      id: claims.sub,
      name: claims.sub,
      hostClientId: claims.account ?? '',
      permissions: claims.act ? new Set() : intersect(claims.scopes, clientPermissions),
    };
  }
  return {
    kind: 'reseller',
    id: claims.sub,
    name: reseller.company,
    resellerId: reseller.id,
    ...cutToGate(
      intersect(claims.scopes, resellerPermissions),
      portalGate(reseller.status),
      reseller.status,
      reseller.publicReason ?? null,
    ),
    ...(claims.act ? { actingAdmin: claims.act } : {}),
  };
}

function isOver(reseller: Reseller, now: Date): boolean {
  if (gates[reseller.status].portal !== 'records') return false;
  const since = reseller.statusSince ?? reseller.createdAt;
  return now.getTime() - since.getTime() > RECORDS_DAYS * 86_400_000;
}
