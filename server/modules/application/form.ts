import type { EntityManager } from '@mikro-orm/postgresql';
import { SettingsVersion } from '../settings/entity.ts';
import { loadSection, parseSection } from '../settings/load.ts';
import type { FormField } from '../settings/sections/form.ts';

export interface Form {
  version: number;
  fields: FormField[];
}

/** The form that applicants fill in now. */
export async function currentForm(em: EntityManager): Promise<Form> {
  const { row, values } = await loadSection(em, 'form');
  return { version: row.version, fields: values.fields };
}

/** The form as it was in one of its versions: an old application keeps the questions it answered. */
export async function formOf(em: EntityManager, version: number): Promise<Form> {
  const row = await em.findOneOrFail(SettingsVersion, { section: 'form', version });
  return { version, fields: parseSection('form', row.values).fields };
}
