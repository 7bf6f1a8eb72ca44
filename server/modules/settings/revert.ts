import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { SettingsVersion } from './entity.ts';
import { parseSection } from './load.ts';
import { saveSection } from './save.ts';
import { sectionName } from './sections/index.ts';

/** Makes the values of an earlier version hold again, as a new version. @throws not_found, conflict, bad_input */
export const revertSettings = verb({
  procedure: 'settings.revert',
  permission: 'settings:write',
  mode: 'write',
  input: z.object({ section: sectionName, version: z.int(), toVersion: z.int().min(1) }),
  run: async (ctx, { section, version, toVersion }) => {
    const earlier = await ctx.em.findOne(SettingsVersion, { section, version: toVersion });
    if (!earlier) throw new ServiceError('not_found', 'There is no such version of these settings.', '/toVersion');
    return saveSection(ctx, {
      section,
      version,
      values: { ...parseSection(section, earlier.values) },
      reverts: toVersion,
    });
  },
});
