import type { HostService } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { parseAmount } from '../../money.ts';
import { readServices } from '../reconcile/read-host.ts';
import type { PlannedRow } from './plan.ts';
import { discountBpOf } from './terms.ts';
import { wholesaleFor } from './wholesale-prices.ts';

/** A running service of a client that becomes a reseller, and what it renews at afterwards. */
export interface ShownService {
  id: string;
  title: string;
  currency: string;
  quantity: number;
  /** For one unit, before and after; decimal text. */
  recurring: string;
  afterwards: string;
}

/** A planned row as the preview shows it. */
export interface ShownRow extends Pick<PlannedRow, 'line' | 'action' | 'errors'> {
  as: 'reseller' | 'customer' | null;
  client: { id: string; name: string; company: string | null; email: string } | null;
  services: ShownService[];
}

/** Rows with the services that come along. @throws HostError */
export async function showRows(ctx: ServiceContext, planned: PlannedRow[]): Promise<ShownRow[]> {
  const becoming = planned.filter(({ action, row }) => action === 'create' && row?.as === 'reseller');
  const clientIds = becoming.map(({ client }) => client!.id);
  const services = clientIds.length === 0 ? [] : await readServices(ctx.host, clientIds);
  const shown: ShownRow[] = [];
  for (const one of planned) {
    const { line, action, errors, row, client } = one;
    const own = becoming.includes(one) ? services.filter(({ clientId }) => clientId === client!.id) : [];
    shown.push({
      line,
      as: row?.as ?? null,
      action,
      errors,
      client: client && { id: client.id, name: client.name, company: client.company, email: client.email },
      services: await showServices(ctx, one, own),
    });
  }
  return shown;
}

async function showServices(
  ctx: ServiceContext,
  { row }: PlannedRow,
  services: HostService[],
): Promise<ShownService[]> {
  const running = services.filter(({ status, recurring }) => status !== 'cancelled' && recurring !== null);
  if (!row || running.length === 0) return [];
  const terms = { tier: row.tier ?? 'bronze', discountBp: discountBpOf(row) };
  const wholesale = row.move_to_wholesale ? await wholesaleFor(ctx.em.fork(), terms, running, ctx.now) : () => null;
  return running.map((service) => {
    const { id, title, quantity, money } = service;
    const [before, after] = [service.recurring ?? '0', wholesale(service)];
    const cheaper = after !== null && parseAmount(after, money.digits) < parseAmount(before, money.digits);
    return { id, title, currency: money.currency, quantity, recurring: before, afterwards: cheaper ? after : before };
  });
}
