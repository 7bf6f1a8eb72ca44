import type { EntityManager } from '@mikro-orm/postgresql';
import type { PriceLock as LockMessage } from '../../../hooks/contract/index.ts';
import { Reseller } from '../reseller/entity.ts';
import { PriceLock } from './entity.ts';
import { lockMessage } from './lock-message.ts';

const PAGE = 1000;

/**
 * The locks that hold now, as a bridge keeps them: for a bridge whose tables are in memory.
 * @param since only locks written after this moment of real time (ids begin with it); null reads all
 */
export async function listLiveLocks(em: EntityManager, since: Date | null): Promise<LockMessage[]> {
  const locks: LockMessage[] = [];
  for (let last = since === null ? '' : `lck_${since.getTime().toString(16).padStart(12, '0')}`; ;) {
    const rows = await em.find(
      PriceLock,
      { status: { $in: ['pending', 'active'] }, id: { $gt: last } },
      { orderBy: { id: 'asc' }, limit: PAGE, disableIdentityMap: true },
    );
    const owners = await em.find(Reseller, { id: { $in: [...new Set(rows.map(({ resellerId }) => resellerId))] } });
    const byId = new Map(owners.map((reseller) => [reseller.id, reseller]));
    for (const row of rows) {
      const reseller = byId.get(row.resellerId);
      if (reseller) locks.push(lockMessage(row, reseller));
    }
    const next = rows.at(-1)?.id;
    if (next === undefined || rows.length < PAGE) return locks;
    last = next;
  }
}
