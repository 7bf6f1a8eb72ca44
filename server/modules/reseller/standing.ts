import type { EntityManager } from '@mikro-orm/postgresql';
import { ServiceError } from '../../errors.ts';
import { type Batched, batched } from '../../platform/database/batched.ts';
import type { Orm } from '../../platform/database/orm.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { heldBack } from './gates.ts';
import type { ResellerStatus } from './schemas.ts';

/** What decides whether, and from which list, a reseller may buy at this moment. */
export interface Standing {
  resellerId: string;
  hostClientId: string;
  company: string;
  currency: string;
  status: ResellerStatus;
  publicReason: string | null;
  apiEnabled: boolean;
  programmeEnabled: boolean;
  quoteHoldsSeconds: number;
  /** Hash of the list that is current now; null when there is none. */
  listHash: string | null;
  /** When the catalogue was last read: names the version of its head in caches. */
  catalogueReadAt: string | null;
}

/** The columns of a standing in a query over `reseller r join programme g on g.id = 1` with two bindings of the moment. */
export const STANDING_COLUMNS = `
  r.id as "resellerId", r.host_client_id as "hostClientId", r.company, r.currency, r.status, r.public_reason as "publicReason",
  r.api_enabled and g.api_enabled as "apiEnabled", g.enabled as "programmeEnabled", g.quote_holds_seconds as "quoteHoldsSeconds",
  (select read_at::text from catalogue) as "catalogueReadAt",
  (select v.list_hash from price_assignment a
     cross join lateral (select list_hash from price_list_version where rule_set = a.rule_set order by current_from desc limit 1) v
    where a.reseller_id = r.id and a.replaced_at is null and a.valid_from <= ? and (a.valid_until is null or a.valid_until > ?)
    limit 1) as "listHash"`;

const LOAD = prepared(
  'standing',
  `select ${STANDING_COLUMNS} from reseller r join programme g on g.id = 1 where r.id = any(?)`,
);

export type StandingReader = Batched<string, Standing>;

/** Standings outside of transactions. */
export function createStandingReader(orm: Orm, clock: () => Date): StandingReader {
  const load = (ids: string[]) => {
    const now = clock();
    return executePrepared<Standing>(orm.em, LOAD, [now, now, ids]);
  };
  return batched(
    load,
    (row) => row.resellerId,
    (id) => id,
  );
}

/** The standing as the transaction of `em` sees it. @throws not_found */
export async function loadStanding(em: EntityManager, resellerId: string, now: Date): Promise<Standing> {
  const [row] = await executePrepared<Standing>(em, LOAD, [now, now, [resellerId]]);
  return known(row);
}

/** @throws not_found */
export function known(standing: Standing | null | undefined): Standing {
  if (!standing) throw new ServiceError('not_found', 'There is no such reseller.');
  return standing;
}

/** @throws programme_off, reseller_suspended, reseller_inactive when the reseller may not place orders now */
export function requireMayOrder({ programmeEnabled, status, publicReason }: Standing): void {
  if (!programmeEnabled) {
    throw new ServiceError(
      'programme_off',
      'The reseller programme is paused. Running services go on; ask the provider.',
    );
  }
  const refusal = heldBack(status, publicReason);
  if (refusal) throw new ServiceError(refusal.code, refusal.message);
}
