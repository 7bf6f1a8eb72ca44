import { z } from 'zod';
import type { HostService } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { Invoice } from '../invoice/entity.ts';
import type { Order } from '../order/entity.ts';
import { loadOrder } from '../order/load-for-change.ts';
import { orderRows } from '../order/row.ts';
import { Reseller } from '../reseller/entity.ts';
import { Service } from '../service/entity.ts';
import { report } from './report.ts';
import { simulatedServices } from './simulate.ts';

/** A service of the order as the host has it now, and the version it was last reported with. */
export interface SceneService {
  host: HostService;
  version: number;
}

/** An order of test mode with what came of it, locked for the step. */
export interface Scene {
  order: Order;
  clientId: string;
  /** The order's own invoice. */
  invoice: Invoice;
  services: SceneService[];
}

/**
 * A step in the life of an order that a test call takes in the host's place: what the host would have reported is taken
 * in by the same handlers, in one transaction, with the same events to webhooks.
 * @throws forbidden (in live mode, where orders are driven by what happens), not_found, conflict (in another state)
 */
export const testStep = (name: string, run: (ctx: ServiceContext, scene: Scene) => Promise<void>) =>
  verb({
    procedure: `testMode.${name}`,
    permission: 'orders:write',
    mode: 'write',
    input: z.object({ id: z.string().max(60) }),
    run: async (ctx, { id }) => {
      if (ctx.livemode)
        throw new ServiceError(
          'forbidden',
          'Only orders of test mode are driven by calls; use a test key. A live order follows what really happens.',
        );
      const { em } = ctx;
      await run(ctx, await readScene(ctx, await loadOrder(ctx, id)));
      em.clear();
      const [row] = await orderRows(em, { id });
      const services = await em.find(Service, { orderId: id }, { orderBy: { hostServiceId: 'asc' } });
      return {
        ...row!,
        services: services.map(({ id, title, status, nextDueOn }) => ({
          id,
          title,
          status,
          nextDueOn: nextDueOn ?? null,
        })),
      };
    },
  });

async function readScene({ em }: ServiceContext, order: Order): Promise<Scene> {
  if (order.status === 'placing' || order.status === 'not_accepted' || !order.hostInvoiceId)
    throw new ServiceError('conflict', `This order is ${order.status}: there is nothing of it to drive.`);
  const { hostClientId } = await em.findOneOrFail(Reseller, order.resellerId);
  const invoice = await em.findOneOrFail(Invoice, order.hostInvoiceId);
  const known = new Map((await em.find(Service, { orderId: order.id })).map((row) => [row.hostServiceId, row]));
  const services = simulatedServices(order, hostClientId).map((host) => {
    const row = known.get(host.id);
    return row
      ? { host: { ...host, status: row.status, nextDueOn: row.nextDueOn ?? null }, version: row.hostVersion }
      : { host, version: 0 };
  });
  return { order, clientId: hostClientId, invoice, services };
}

/** The services in one of these states. @throws conflict when there is none */
export function servicesThatAre({ services }: Scene, ...states: HostService['status'][]): SceneService[] {
  const found = services.filter(({ host }) => states.includes(host.status));
  if (found.length > 0) return found;
  const are = [...new Set(services.map(({ host }) => host.status))].join(', ');
  throw new ServiceError('conflict', `No service of this order is ${states.join(' or ')}; they are ${are}.`);
}

/** Reports the services as they are from now on. */
export async function reportServices(
  ctx: ServiceContext,
  type:
    | 'service.provisioned'
    | 'service.failed'
    | 'service.suspended'
    | 'service.unsuspended'
    | 'service.renewed'
    | 'service.terminated',
  services: readonly SceneService[],
  change: (service: HostService) => Partial<HostService> | Promise<Partial<HostService>>,
): Promise<void> {
  for (const { host, version } of services) {
    const changed = { ...host, ...(await change(host)) };
    const lock = changed.lock && { ...changed.lock, status: changed.status === 'pending' ? 'pending' : 'active' };
    await report(ctx, type, version + 1, { service: { ...changed, lock: lock as HostService['lock'] } });
  }
}

/** @throws conflict unless the order's invoice waits for payment */
export function requireUnpaid({ invoice }: Scene): void {
  if (invoice.status !== 'unpaid')
    throw new ServiceError('conflict', `The invoice of this order is ${invoice.status}; only an unpaid one can be.`);
}
