import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { PriceVersion } from './entity.ts';

interface Told {
  reseller_id: string;
  lines_up: number;
  lines_down: number;
  largest_bp: number;
  services: number;
}

/** Whom the preview that a version was published on found to be touched. */
function readTold(em: EntityManager, versionId: string): Promise<Told[]> {
  return em.execute<Told[]>(
    `select r.reseller_id, r.lines_up, r.lines_down, r.largest_bp, r.services from price_preview_reseller r
      where r.preview_id = (select id from price_preview where version_id = ? and state = 'done' order by started_at desc limit 1)
      order by r.reseller_id`,
    [versionId],
  );
}

/** Ids of the resellers who were told of a version. */
export async function toldResellers(em: EntityManager, versionId: string): Promise<string[]> {
  return (await readTold(em, versionId)).map(({ reseller_id }) => reseller_id);
}

/**
 * Tells every reseller whose prices a published version changes, once: an event each, from which notices and webhooks are
 * made, and an entry in the reseller's own activity. Holds no other reseller's figures and no reason of the provider's.
 */
export async function announceVersion(ctx: ServiceContext, versionId: string): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const inside = { ...ctx, em };
    const [free] = await em.execute<{ id: string }[]>(
      "select id from price_version where id = ? and state in ('scheduled', 'live') and announced_at is null for update",
      [versionId],
    );
    if (!free) return;
    const version = await em.findOneOrFail(PriceVersion, versionId);
    const facts = {
      priceVersion: version.number,
      effectiveAt: version.effectiveAt?.toISOString() ?? null,
      runningServices: version.running,
      servicesFrom: version.servicesFrom?.toISOString() ?? null,
    };
    for (const told of await readTold(em, versionId)) {
      const event = {
        ...facts,
        resellerId: told.reseller_id,
        linesUp: told.lines_up,
        linesDown: told.lines_down,
        largestChangeBp: told.largest_bp,
        services: version.running === 'keep' ? 0 : told.services,
      };
      record(inside, {
        action: 'price_change.announced',
        subject: { type: 'price_version', id: versionId },
        resellerId: told.reseller_id,
        after: event,
        event,
      });
    }
    // Not through the entity, which would count a new version: nobody edited it, and previews made of it stay true.
    await em.execute('update price_version set announced_at = ? where id = ?', [ctx.now, versionId]);
  });
}
