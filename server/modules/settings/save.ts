import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { record } from '../activity/record.ts';
import type { Programme } from '../programme/entity.ts';
import { Tier } from '../tier/entity.ts';
import { changedBy } from './changed-by.ts';
import { changedFields } from './changed-fields.ts';
import { takeEffect } from './effects.ts';
import { SettingsVersion } from './entity.ts';
import { loadSection } from './load.ts';
import { readValues } from './read-values.ts';
import { sectionRow } from './row.ts';
import { type SectionName, sections } from './sections/index.ts';

interface Change {
  section: SectionName;
  /** The version the caller saw. */
  version: number;
  /** Fields to set; the others stay. */
  values: Record<string, unknown>;
  reverts: number | null;
}

/**
 * Saves a section as its next version, in the caller's transaction: settings row, columns of the programme, history,
 * activity, and what follows from it. Without a difference nothing is written.
 * @throws conflict (says who changed it), bad_input with the place
 */
export async function saveSection(ctx: ServiceContext, change: Change) {
  const { em, now } = ctx;
  const { row, programme, values: before } = await loadSection(em, change.section, true);
  if (row.version !== change.version) {
    throw new ServiceError(
      'version_mismatch',
      `${row.changedBy.name} changed these settings on ${row.changedAt.toISOString()}. Load them again and repeat your change.`,
      '/version',
    );
  }
  const values = readValues(change.section, { ...before, ...change.values });
  await requireTier(ctx, values);
  const changed = changedFields(before, values);
  if (changed.length === 0) return sectionRow(row, before);

  const columns: Readonly<Record<string, keyof Programme>> = sections[change.section].columns;
  const stored = Object.entries(values).filter(([field]) => !(field in columns));
  row.values = Object.fromEntries(stored);
  row.changedAt = now;
  row.changedBy = changedBy(ctx);
  if (programme) {
    const moved = changed.filter(({ field }) => field in columns);
    em.assign(programme, Object.fromEntries(moved.map(({ field, after }) => [columns[field], after])));
    if (moved.length > 0) programme.updatedAt = now;
  }
  await em.flush();
  em.persist(
    em.create(SettingsVersion, {
      section: change.section,
      version: row.version,
      values: values as Record<string, unknown>,
      at: now,
      by: row.changedBy,
      reverts: change.reverts,
    }),
  );
  record(ctx, {
    action: change.reverts === null ? 'settings.updated' : 'settings.reverted',
    subject: { type: 'settings', id: change.section },
    resellerId: null,
    before: Object.fromEntries(changed.map(({ field, before: old }) => [field, old])),
    after: Object.fromEntries(changed.map(({ field, after }) => [field, after])),
  });
  await em.flush();
  await takeEffect(ctx, change.section, new Set(changed.map(({ field }) => field)));
  return sectionRow(row, values);
}

/** A setting that names a tier must name one that exists. @throws bad_input */
async function requireTier({ em }: ServiceContext, values: object): Promise<void> {
  const tierId = 'defaultTierId' in values ? String(values.defaultTierId) : null;
  if (tierId !== null && !(await em.count(Tier, tierId)))
    throw new ServiceError('bad_input', '/values/defaultTierId: there is no such tier', '/values/defaultTierId');
}
