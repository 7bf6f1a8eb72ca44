import { addTerm } from '../../../hooks/prices/term.ts';
import { ServiceError } from '../../errors.ts';
import { Invoice } from '../invoice/entity.ts';
import { report } from './report.ts';
import { hostOrderId, momentOf, simulatedRenewal } from './simulate.ts';
import { reportServices, servicesThatAre, testStep } from './step.ts';

/**
 * A term passes: the running services are invoiced at their locks, the invoice is paid, and each is due a term later.
 * @throws conflict unless one runs that renews
 */
export const renewTestOrder = testStep({
  procedure: 'testMode.renew',
  run: async (ctx, scene) => {
    const { order, clientId } = scene;
    const due = servicesThatAre(scene, 'active').filter(({ host }) => host.nextDueOn !== null);
    if (due.length === 0) throw new ServiceError('conflict', 'No service of this order renews: all were bought once.');
    const earlier = await ctx.em.count(Invoice, { hostInvoiceId: { $like: `${hostOrderId(order)}-i%` } });
    const services = due.map(({ host }) => host);
    const paid = simulatedRenewal(order, clientId, services, ctx.now, earlier);
    await report(ctx, 'invoice.issued', 1, { invoice: { ...paid, status: 'unpaid', paidAt: null } });
    const payment = { id: `${paid.id}-p`, at: momentOf(ctx.now), method: 'test' };
    await report(ctx, 'invoice.paid', 2, { invoice: paid, payment });
    await reportServices(ctx, 'service.renewed', due, ({ nextDueOn, term }) => ({
      nextDueOn: addTerm(nextDueOn!, term),
    }));
  },
});
