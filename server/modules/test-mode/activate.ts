import type { HostService } from '../../../hooks/contract/index.ts';
import { addTerm } from '../../../hooks/prices/term.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { billingToday } from '../revenue/billing-today.ts';
import { reportServices, servicesThatAre, testStep } from './step.ts';

/** Setting up succeeds: the order's services run, due for the first time in a term from today. @throws conflict */
export const activateTestOrder = testStep({
  procedure: 'testMode.activate',
  run: async (ctx, scene) => {
    if (scene.order.status === 'cancelled')
      throw new ServiceError('conflict', 'This order is cancelled: nothing of it is set up.');
    await reportServices(ctx, 'service.provisioned', servicesThatAre(scene, 'pending', 'setup_failed'), (service) =>
      running(ctx, service),
    );
  },
});

async function running(ctx: ServiceContext, { term }: HostService): Promise<Partial<HostService>> {
  return { status: 'active', nextDueOn: addTerm(await billingToday(ctx.em, ctx.now), term) };
}
