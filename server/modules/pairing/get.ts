import { z } from 'zod';
import { verb } from '../../verb.ts';
import { openCodeUntil } from './codes.ts';
import { readPairing } from './state.ts';

/**
 * How the pairing stands, from the database alone: a screen that waits for the host asks this every few seconds.
 * `pairedAt` null: the host shares its keys in another way (sandbox, or its own process), and nothing is replaced here.
 */
export const getPairing = verb({
  procedure: 'pairing.get',
  permission: 'settings:read',
  mode: 'read',
  input: z.object({}),
  run: async ({ em, now }) => {
    const pairing = await readPairing(em);
    return {
      pairedAt: pairing?.pairedAt.toISOString() ?? null,
      /** Since when the host is refused, until it is paired again. */
      refusedAt: pairing?.refusedAt?.toISOString() ?? null,
      /** Until when a code waits to be entered in the host. */
      codeUntil: (await openCodeUntil(em, now))?.toISOString() ?? null,
    };
  },
});
