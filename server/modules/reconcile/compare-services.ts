import type { ServiceContext } from '../../context.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import type { Reseller } from '../reseller/entity.ts';
import { PriceLock } from '../service/entity.ts';
import type { Found } from './found.ts';
import type { HostReport } from './read-host.ts';

/** What services would renew at, against their locks. Ended services cost nothing any more. */
export async function compareServices(
  ctx: ServiceContext,
  resellers: Reseller[],
  report: HostReport,
): Promise<Found[]> {
  const byClient = new Map(resellers.map((reseller) => [reseller.hostClientId, reseller]));
  const locks = await ctx.em.find(PriceLock, {
    resellerId: { $in: resellers.map(({ id }) => id) },
    status: { $in: ['pending', 'active'] },
  });
  const lockOf = new Map(locks.map((lock) => [lock.hostServiceId, lock]));
  const found: Found[] = [];
  for (const service of report.services) {
    const reseller = byClient.get(service.clientId);
    const lock = lockOf.get(service.id);
    if (!reseller || !lock || service.status === 'cancelled' || service.recurring === null) continue;
    const { digits, currency } = service.money;
    const base = { resellerId: reseller.id, subjectType: 'service' as const, subjectId: service.id, currency };
    const [expected, actual] = [parseAmount(lock.unitPrice, digits), parseAmount(service.recurring, digits)];
    if (expected !== actual) {
      found.push({
        ...base,
        kind: 'recurring_changed',
        expected: formatAmount(expected, digits),
        actual: formatAmount(actual, digits),
        amount: formatAmount((actual - expected) * BigInt(service.quantity), digits),
        detail: { title: service.title, term: service.term },
      });
    }
    if (lock.quantity !== service.quantity) {
      found.push({
        ...base,
        kind: 'quantity_changed',
        expected: String(lock.quantity),
        actual: String(service.quantity),
        amount: formatAmount(expected * BigInt(service.quantity - lock.quantity), digits),
        detail: { title: service.title, term: service.term },
      });
    }
  }
  return found;
}
