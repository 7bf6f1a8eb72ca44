import { reportServices, servicesThatAre, testStep } from './step.ts';

/** The order's services end for good. @throws conflict unless one is there */
export const terminateTestOrder = testStep({
  procedure: 'testMode.terminate',
  run: async (ctx, scene) => {
    const alive = servicesThatAre(scene, 'pending', 'setup_failed', 'active', 'suspended');
    await reportServices(ctx, 'service.terminated', alive, () => ({ status: 'cancelled', nextDueOn: null }));
  },
});
