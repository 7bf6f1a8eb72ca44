import { z } from 'zod';
import { resellerPermissions } from '../../permissions.ts';
import { verb } from '../../verb.ts';
import { loadSection } from './load.ts';
import { sectionRow } from './row.ts';
import { sectionName, sections } from './sections/index.ts';

/** One section of the settings, or all of them; each with its version and who changed it last. */
export const getSettings = verb({
  procedure: 'settings.get',
  permission: 'settings:read',
  mode: 'read',
  input: z.object({ section: sectionName.optional() }),
  run: async ({ em }, { section }) => {
    const names = section ? [section] : sectionName.options;
    const rows = [];
    for (const name of names) {
      const { row, values } = await loadSection(em, name);
      rows.push(sectionRow(row, values));
    }
    return { rows, sections: Object.keys(sections), scopes: [...resellerPermissions] };
  },
});
