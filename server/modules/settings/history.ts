import { z } from 'zod';
import { cursorPage, numberOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { changedFields } from './changed-fields.ts';
import { SettingsVersion } from './entity.ts';
import { parseSection } from './load.ts';
import { sectionName } from './sections/index.ts';

/** The versions of a section, newest first: who, when, and each changed field before and after. */
export const settingsHistory = verb({
  procedure: 'settings.history',
  permission: 'settings:read',
  mode: 'read',
  input: z.object({
    section: sectionName,
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em }, { section, cursor, limit }) => {
    const total = await em.count(SettingsVersion, { section });
    const after = readCursor(cursor);
    const below = after ? { version: { $lt: numberOf(after) } } : {};
    // One more than the rows that are compared with their predecessor, and one more for the cursor.
    const found = await em.find(
      SettingsVersion,
      { section, ...below },
      { orderBy: { version: 'desc' }, limit: limit + 1 },
    );
    const rows = found.map((row, at) => {
      const previous = found[at + 1];
      return {
        version: row.version,
        at: row.at.toISOString(),
        by: row.by,
        reverts: row.reverts,
        values: parseSection(section, row.values) as Record<string, unknown>,
        changes: previous
          ? changedFields(parseSection(section, previous.values), parseSection(section, row.values))
          : [],
      };
    });
    return cursorPage(rows, limit, total, ({ version }) => ({ key: String(version), id: section }));
  },
});
