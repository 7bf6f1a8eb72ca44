import { z } from 'zod';
import type { HostService } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { readCursor } from '../../paging.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { CALLED } from '../customer/called.ts';
import { loadStanding } from '../reseller/standing.ts';
import { type PriceLock as Lock } from './entity.ts';
import { serviceConditions, type ServiceFilter } from './filter.ts';
import { priceInList } from './price-in-list.ts';

/** Services that never fall due come after all others. */
const NEVER = `'9999-12-31'::date`;
const sorts = {
  nextDue: { key: `coalesce(s.next_due_on, ${NEVER})`, type: 'date' },
  createdAt: { key: 's.created_at', type: 'timestamptz' },
} as const;
export const serviceSort = z.enum(['nextDue', '-nextDue', 'createdAt', '-createdAt']);

interface FoundService {
  id: string;
  reseller_id: string;
  reseller: string;
  host_service_id: string;
  order_id: string | null;
  customer_id: string | null;
  customer: string | null;
  product: string;
  title: string;
  domain: string | null;
  status: HostService['status'];
  term: string;
  currency: string;
  quantity: number;
  recurring: string | null;
  next_due_on: string | null;
  created_at: string;
  lock_unit: string | null;
  lock_list: string | null;
  lock_components: Lock['components'] | null;
  locked_at: string | null;
  sort_key: string;
}

/** Services with customer and live lock. */
const SELECT = `s.id, s.reseller_id, r.company as reseller, s.host_service_id, s.order_id, s.customer_id,
  ${CALLED} as customer, s.product, s.title, s.domain, s.status, s.term, s.currency, s.quantity,
  s.recurring, s.next_due_on::text as next_due_on, s.created_at, l.unit_price as lock_unit, l.list_hash as lock_list,
  l.components as lock_components, l.locked_at`;
const JOINS = `join reseller r on r.id = s.reseller_id left join customer c on c.id = s.customer_id
  left join price_lock l on l.host_service_id = s.host_service_id and l.status in ('pending', 'active')`;

/** Services as a list shows them, one more than `limit` when there are more. */
export async function findServiceRows(
  ctx: ServiceContext,
  filter: ServiceFilter,
  page: { sort: z.output<typeof serviceSort>; cursor?: string | undefined; limit: number; id?: string },
) {
  const { em } = ctx;
  const { conditions } = await serviceConditions(ctx, filter);
  const descending = page.sort.startsWith('-');
  const { key, type } = sorts[(descending ? page.sort.slice(1) : page.sort) as keyof typeof sorts];
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  const after = readCursor(page.cursor);
  conditions.add('s.id = ?', page.id);
  if (after) conditions.add(`(${key}, s.id) ${beyond} (?::${type}, ?)`, after.key, after.id);
  const order = `${key} ${direction}, s.id ${direction}`;
  const found = await em.execute<FoundService[]>(
    `with s as materialized (select * from service s where ${conditions.text} order by ${order} limit ?)
     select ${SELECT}, (${key})::text as sort_key from s ${JOINS} order by ${order}`,
    [...conditions.values, page.limit + 1],
  );
  return showServices(ctx, found);
}

async function showServices(ctx: ServiceContext, found: FoundService[]) {
  const digits = await digitsOf(ctx.em);
  const lists = new Map<string, string | null>();
  for (const { reseller_id: id } of found) {
    if (!lists.has(id)) lists.set(id, (await loadStanding(ctx.em, id, ctx.now)).listHash);
  }
  const rows = [];
  for (const service of found) {
    const listHash = lists.get(service.reseller_id) ?? null;
    rows.push({ sortKey: service.sort_key, row: await showService(ctx, service, listHash, digits(service.currency)) });
  }
  return rows;
}

async function showService(ctx: ServiceContext, found: FoundService, listHash: string | null, digits: number) {
  const lock = { ...found, components: found.lock_components ?? [] };
  const today = listHash === null ? null : await priceInList(ctx, listHash, lock, digits);
  const wholesale = found.lock_unit ?? found.recurring;
  const line = (unit: bigint) => formatAmount(unit * BigInt(found.quantity), digits);
  return {
    id: found.id,
    resellerId: found.reseller_id,
    reseller: found.reseller,
    customer: found.customer_id === null ? null : { id: found.customer_id, name: found.customer ?? '' },
    orderId: found.order_id,
    hostServiceId: found.host_service_id,
    product: found.product,
    title: found.title,
    domain: found.domain,
    status: found.status,
    term: found.term,
    currency: found.currency,
    quantity: found.quantity,
    /** What the host will invoice for one unit and term, as it last reported. */
    recurring: found.recurring,
    /** What a term costs for all units: the locked price, else what the host reported. */
    wholesale: wholesale === null ? null : line(parseAmount(wholesale, digits)),
    /** The same components today: retail, and wholesale for who orders them now. Null when they are not sold any more. */
    retailToday: today && line(today.retail.total),
    wholesaleToday: today && line(today.wholesale.total),
    nextDueOn: found.next_due_on,
    /** Since when the price is locked; null for a service without a lock. */
    lockedSince: found.locked_at === null ? null : new Date(found.locked_at).toISOString(),
    createdAt: new Date(found.created_at).toISOString(),
  };
}
