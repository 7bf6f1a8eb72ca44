import type { EntityManager } from '@mikro-orm/postgresql';
import type { PriceVersion } from './entity.ts';

/** A version as lists and screens see it. */
export function versionRow(version: PriceVersion, changes: number) {
  const time = (at: Date | null | undefined) => at?.toISOString() ?? null;
  return {
    id: version.id,
    number: version.number ?? null,
    name: version.name,
    state: version.state,
    running: version.running,
    noticeDays: version.noticeDays,
    effectiveAt: time(version.effectiveAt),
    servicesFrom: time(version.servicesFrom),
    reason: version.reason ?? null,
    revertsTo: version.revertsTo ?? null,
    changes,
    createdBy: version.createdBy,
    createdAt: version.createdAt.toISOString(),
    updatedBy: version.updatedBy,
    updatedAt: version.updatedAt.toISOString(),
    publishedBy: version.publishedBy ?? null,
    publishedAt: time(version.publishedAt),
    announcedAt: time(version.announcedAt),
    appliedAt: time(version.appliedAt),
    servicesMovedAt: time(version.servicesMovedAt),
    endedAt: time(version.endedAt),
    version: version.version,
  };
}

/** How many rules each of these versions changes. */
export async function countChanges(em: EntityManager, ids: string[]): Promise<(id: string) => number> {
  if (ids.length === 0) return () => 0;
  const rows = await em.execute<{ version_id: string; n: number }[]>(
    'select version_id, count(*)::int as n from price_change where version_id in (?) group by version_id',
    [ids],
  );
  const counts = new Map(rows.map((row) => [row.version_id, row.n]));
  return (id) => counts.get(id) ?? 0;
}

/** What the activity log keeps of a version. */
export function versionSnapshot({ name, state, running, noticeDays, effectiveAt, servicesFrom, reason }: PriceVersion) {
  return { name, state, running, noticeDays, effectiveAt, servicesFrom, reason };
}
