import type { LifecycleHandler } from './handler.ts';

/** Retail moved in the host: read the catalogue again and compile what changed, in a job, since it asks the host. */
export const onCatalogueChanged: LifecycleHandler<'catalogue.changed'> = async (ctx) => {
  await ctx.enqueue(ctx.em, 'sync-catalogue');
  return true;
};
