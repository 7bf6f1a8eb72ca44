import type { EntityManager } from '@mikro-orm/postgresql';
import { sha256 } from '../../pricing/digest.ts';
import type { PriceVersion } from './entity.ts';

/**
 * Names what a preview is made of: the draft as edited, the published rules, and the catalogue. While it is the same, the
 * preview says what publishing would do. Rates of tiers and programme that are changed elsewhere count as rules.
 */
export async function basisOf(em: EntityManager, { id, version }: PriceVersion): Promise<string> {
  const [row] = await em.execute<{ basis: string }[]>(
    `select concat_ws(' ',
       (select string_agg(id || version, ',' order by id) from price_version where state in ('scheduled', 'live')),
       (select version from programme where id = 1),
       (select string_agg(id || coalesce(discount_bp::text, '-'), ',' order by id) from tier),
       (select md5(string_agg(hash, '' order by id)) from catalogue_product where removed_at is null)) as basis`,
  );
  return sha256([`${id} ${version} ${row?.basis ?? ''}`]);
}
