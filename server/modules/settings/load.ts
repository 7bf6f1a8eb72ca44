import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Programme } from '../programme/entity.ts';
import { SettingsSection } from './entity.ts';
import { type SectionName, type SectionValues, sections } from './sections/index.ts';

/** What holds now in a section: stored values, columns of the programme, and defaults for what was never set. */
export async function loadSettings<Name extends SectionName>(
  em: EntityManager,
  name: Name,
): Promise<SectionValues<Name>> {
  return (await loadSection(em, name)).values;
}

/** A section with its version; `lock` keeps others from changing it until the transaction ends. */
export async function loadSection<Name extends SectionName>(em: EntityManager, name: Name, lock = false) {
  const columns: Readonly<Record<string, keyof Programme>> = sections[name].columns;
  const row = await em.findOneOrFail(
    SettingsSection,
    { section: name },
    lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {},
  );
  const programme = Object.keys(columns).length > 0 ? await em.findOneOrFail(Programme, 1) : null;
  const held = Object.entries(columns).map(([field, column]) => [field, programme?.[column]]);
  const values = parseSection(name, { ...row.values, ...Object.fromEntries(held) });
  return { row, programme, values };
}

/** Values as the section's schema reads them. What an older release stored and this one no longer knows is left out. */
export function parseSection<Name extends SectionName>(name: Name, stored: object): SectionValues<Name> {
  const known = Object.entries(stored).filter(([field]) => field in sections[name].schema.shape);
  return sections[name].schema.parse(Object.fromEntries(known)) as SectionValues<Name>;
}
