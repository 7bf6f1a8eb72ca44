import { z } from 'zod';
import { verb } from '../../verb.ts';
import { formOf } from './form.ts';
import { lockOwn } from './load.ts';
import { ownRow } from './row.ts';
import { recordStep, requireStep, requireVersion, takeStep } from './take-step.ts';

/** Takes back the own application while it is not decided; a new one may begin at once. @throws not_found, conflict */
export const withdrawApplication = verb({
  procedure: 'application.withdraw',
  permission: 'applications:apply',
  mode: 'write',
  input: z.object({ version: z.int() }),
  run: async (ctx, { version }) => {
    const own = await lockOwn(ctx);
    const before = { status: own.status };
    requireStep(ctx, own, 'withdraw');
    requireVersion(ctx, own, version);
    takeStep(ctx, own, 'withdraw');
    own.decidedAt = ctx.now;
    own.request = null;
    recordStep(ctx, own, { action: 'application.withdrawn', before, event: {} });
    await ctx.em.flush();
    return ownRow(own, (await formOf(ctx.em, own.formVersion)).fields);
  },
});
