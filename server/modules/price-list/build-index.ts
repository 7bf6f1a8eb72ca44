import type { EntityManager } from '@mikro-orm/postgresql';
import { hashOfIndex } from '../../../hooks/contract/content-hash.ts';
import type { PriceIndex, PriceIndexEntry } from '../../../hooks/contract/index.ts';
import { CatalogueHead } from '../catalogue/entity.ts';
import { Programme } from '../programme/entity.ts';

interface Row {
  id: string;
  host_client_id: string;
  status: PriceIndexEntry['state'];
  public_reason: string | null;
  lists: { hash: string; from: string; until: string | null }[] | null;
}

/**
 * The head of everything a bridge pulls: who is a reseller, in which state, and which lists hold for it from when to
 * when. Null before the catalogue was read for the first time.
 */
export async function buildIndex(em: EntityManager, now: Date): Promise<PriceIndex | null> {
  const [programme, head] = await Promise.all([em.findOneOrFail(Programme, 1), em.findOne(CatalogueHead, 1)]);
  if (!head) return null;
  const rows = await em.execute<Row[]>(
    `select r.id, r.host_client_id, r.status, r.public_reason,
            (select json_agg(json_build_object('hash', v.list_hash, 'from', a.valid_from, 'until', a.valid_until) order by a.valid_from)
               from price_assignment a
               cross join lateral (select list_hash from price_list_version where rule_set = a.rule_set order by current_from desc limit 1) v
              where a.reseller_id = r.id and a.replaced_at is null and (a.valid_until is null or a.valid_until > ?)) as lists
       from reseller r order by r.id`,
    [now],
  );
  const content = {
    format: 'price-index/1' as const,
    at: now.toISOString(),
    programme: programme.enabled ? ('on' as const) : ('off' as const),
    coupons: programme.coupons,
    currencies: head.currencies,
    catalogueTax: head.catalogueTax,
    setupPerQuantity: head.setupPerQuantity,
    refuseAfterSeconds: programme.refuseStaleSeconds,
    entries: rows.map((row) => ({
      clientId: row.host_client_id,
      resellerId: row.id,
      state: row.status,
      publicReason: row.public_reason,
      lists: (row.lists ?? []).map(({ hash, from, until }) => ({
        hash,
        validFrom: new Date(from).toISOString(),
        validUntil: until === null ? null : new Date(until).toISOString(),
      })),
    })),
  };
  return { ...content, revision: hashOfIndex(content) };
}
