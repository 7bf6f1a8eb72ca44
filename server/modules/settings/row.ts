import type { SettingsSection } from './entity.ts';
import type { SectionName } from './sections/index.ts';

/** A section as screens get it. */
export function sectionRow(row: SettingsSection, values: object) {
  const section: SectionName = row.section;
  return {
    section,
    version: row.version,
    values: values as Record<string, unknown>,
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
  };
}
