import { reportServices, servicesThatAre, testStep } from './step.ts';

/** The provider suspends the order's services, as for an invoice that was not paid. @throws conflict unless one runs */
export const suspendTestOrder = testStep('suspend', async (ctx, scene) => {
  await reportServices(ctx, 'service.suspended', servicesThatAre(scene, 'active'), () => ({ status: 'suspended' }));
});
