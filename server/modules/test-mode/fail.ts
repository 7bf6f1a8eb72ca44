import { reportServices, servicesThatAre, testStep } from './step.ts';

/** Setting up fails. @throws conflict when it was done before */
export const failTestOrder = testStep('fail', async (ctx, scene) => {
  await reportServices(ctx, 'service.failed', servicesThatAre(scene, 'pending'), () => ({ status: 'setup_failed' }));
});
