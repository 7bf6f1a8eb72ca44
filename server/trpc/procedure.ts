import { initTRPC } from '@trpc/server';
import type { z } from 'zod';
import type { ServiceContext } from '../context.ts';
import type { AnyVerb, Verb } from '../verb.ts';
import { toTrpcError } from './error.ts';

// isDev off: otherwise a refusal carries the stack trace to the caller.
export const t = initTRPC
  .context<ServiceContext>()
  .meta<{ verb: AnyVerb }>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      data: { ...shape.data, reseller: toTrpcError.details(error, ctx?.requestId) },
    }),
  });

/** A procedure is one verb: the verb checks permission and input itself, so no transport can forget to. */
export const query = <Input extends z.ZodType, Output>(verb: Verb<Input, Output>) =>
  t.procedure
    .meta({ verb })
    .input((raw: unknown) => (raw ?? {}) as z.input<Input>)
    .query(({ ctx, input }) => toTrpcError(() => verb(ctx, input as z.input<Input>)));
/** The same for a verb that changes something. */
export const mutation = <Input extends z.ZodType, Output>(verb: Verb<Input, Output>) =>
  t.procedure
    .meta({ verb })
    .input((raw: unknown) => (raw ?? {}) as z.input<Input>)
    .mutation(({ ctx, input }) => toTrpcError(() => verb(ctx, input as z.input<Input>)));
