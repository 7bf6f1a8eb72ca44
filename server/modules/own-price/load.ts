import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { OwnRule } from '../../pricing/own-price.ts';
import { OwnPriceList, OwnPriceRule } from './entity.ts';

/** A reseller's own rules in the form that the engine reads. */
export async function loadOwnRules(em: EntityManager, resellerId: string): Promise<OwnRule[]> {
  const rows = await em.find(OwnPriceRule, { resellerId }, { orderBy: { id: 'asc' }, disableIdentityMap: true });
  return rows.map(ownRule);
}

/** A stored rule in the form that the engine reads. */
function ownRule(row: OwnPriceRule): OwnRule {
  return {
    id: row.id,
    product: row.product ?? null,
    component: row.component ?? null,
    group: row.groupId ?? null,
    term: row.term ?? null,
    currency: row.currency ?? null,
    method: row.method,
    bp: row.bp ?? null,
    amount: row.amount ?? null,
    setup: row.setup ?? null,
    ending: row.ending ?? null,
  };
}

/** The head of the list, locked for a change against the version the caller saw; version 0 before the first. @throws version_mismatch */
export async function headForChange(
  { em, now }: ServiceContext,
  resellerId: string,
  version: number,
): Promise<OwnPriceList> {
  if (version === 0) {
    await em.execute(
      'insert into own_price_list (reseller_id, updated_at, version) values (?, ?, 0) on conflict do nothing',
      [resellerId, now],
    );
  }
  const head = await em.findOne(OwnPriceList, { resellerId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (head?.version !== version) {
    throw new ServiceError('version_mismatch', 'Somebody changed your prices meanwhile. Load them again.', '/version');
  }
  head.updatedAt = new Date(Math.max(now.getTime(), head.updatedAt.getTime() + 1));
  return head;
}
