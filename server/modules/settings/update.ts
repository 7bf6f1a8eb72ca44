import { z } from 'zod';
import { verb } from '../../verb.ts';
import { saveSection } from './save.ts';
import { sectionName } from './sections/index.ts';

/**
 * Changes fields of one section; fields that are left out stay. A changed default discount recompiles prices: new orders
 * cost the new prices from now, running services become cheaper at their next renewal, never dearer.
 * @throws conflict (somebody saved meanwhile; says who), bad_input with the field
 */
export const updateSettings = verb({
  procedure: 'settings.update',
  permission: 'settings:write',
  mode: 'write',
  input: z.object({ section: sectionName, version: z.int(), values: z.record(z.string().max(60), z.unknown()) }),
  run: (ctx, input) => saveSection(ctx, { ...input, reverts: null }),
});
