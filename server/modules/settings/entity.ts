import { defineEntity, p, PrimaryKeyProp } from '@mikro-orm/core';
import type { SectionName } from './sections/index.ts';

/** Who changed something, as settings and applications keep it. */
export interface ChangedBy {
  kind: string;
  id: string;
  name: string;
}

export const SettingsSectionSchema = defineEntity({
  name: 'SettingsSection',
  tableName: 'settings',
  properties: {
    section: p.string().$type<SectionName>().primary(),
    values: p.json<Record<string, unknown>>(),
    version: p.integer().version(),
    changedAt: p.datetime(),
    changedBy: p.json<ChangedBy>(),
  },
});
/** What holds now in one section of the settings, less what stands in columns of the programme. */
export class SettingsSection extends SettingsSectionSchema.class {}
SettingsSectionSchema.setClass(SettingsSection);

export const SettingsVersionSchema = defineEntity({
  name: 'SettingsVersion',
  tableName: 'settings_version',
  properties: {
    section: p.string().$type<SectionName>().primary(),
    version: p.integer().primary(),
    values: p.json<Record<string, unknown>>(),
    at: p.datetime(),
    by: p.json<ChangedBy>(),
    /** The version this one went back to, when it is a revert. */
    reverts: p.integer().nullable(),
  },
});
/** One version of a section, complete. */
export class SettingsVersion extends SettingsVersionSchema.class {
  declare [PrimaryKeyProp]?: ['section', 'version'];
}
SettingsVersionSchema.setClass(SettingsVersion);
