import { ServiceError } from '../../../server/errors.ts';
import type { ServiceContext } from '../../../server/context.ts';
import type { AnyVerb } from '../../../server/verb.ts';
import { allVerbs } from '../../../server/verbs.ts';

export const verbOf = (procedure: string): AnyVerb => allVerbs.find((verb) => verb.procedure === procedure)!;

/** How a call ended: its value, or what a transport shows of the refusal. */
export type Outcome = { ok: true; value: unknown } | { ok: false; code: string; message: string; path: string | null };

/** Calls; only while it does are mutants awake, so that what prepares a call is never the one that is tried. */
export async function attempt(verb: AnyVerb, ctx: ServiceContext, input: unknown): Promise<Outcome> {
  Reflect.set(globalThis, 'underTest', true);
  try {
    return { ok: true, value: await verb(ctx, input as never) };
  } catch (error) {
    if (error instanceof ServiceError) {
      return { ok: false, code: error.code, message: error.message, path: error.path ?? null };
    }
    return { ok: false, code: 'internal', message: String(error), path: null };
  } finally {
    Reflect.set(globalThis, 'underTest', false);
  }
}

/** One word for a table of expectations. */
export const wordOf = (outcome: Outcome): string =>
  outcome.ok ? 'ok' : outcome.code === 'internal' ? outcome.message : outcome.code;
