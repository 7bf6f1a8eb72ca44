import { reportServices, servicesThatAre, testStep } from './step.ts';

/** The order's services end for good. @throws conflict unless one is there */
export const terminateTestOrder = testStep('terminate', async (ctx, scene) => {
  const alive = servicesThatAre(scene, 'pending', 'setup_failed', 'active', 'suspended');
  await reportServices(ctx, 'service.terminated', alive, () => ({ status: 'cancelled', nextDueOn: null }));
});
