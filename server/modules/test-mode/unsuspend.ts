import { reportServices, servicesThatAre, testStep } from './step.ts';

/** Suspended services run again. @throws conflict unless one is suspended */
export const unsuspendTestOrder = testStep('unsuspend', async (ctx, scene) => {
  await reportServices(ctx, 'service.unsuspended', servicesThatAre(scene, 'suspended'), () => ({ status: 'active' }));
});
