import { hash } from 'node:crypto';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import type { OneConnection } from '../../platform/database/one-connection.ts';
import { prepared } from '../../platform/database/prepared.ts';
import { recordedActor } from '../activity/record.ts';
import { withOwn } from '../own-price/with-own.ts';
import type { OwnRule } from '../../pricing/own-price.ts';
import { priceLines } from '../quote/price-lines.ts';
import { withWords } from '../quote/with-words.ts';
import { orderDigest } from '../quote/token.ts';
import { requireMayOrder, type Standing, STANDING_COLUMNS } from '../reseller/standing.ts';
import type { Order } from './entity.ts';
import type { PlaceRequest } from './place.ts';
import { TAKE_OVER_MS } from './settle.ts';

/** An order that is yet to be placed. */
export type Submitted = Omit<
  Order,
  'idempotencyKey' | 'requestHash' | 'attempts' | 'nextAttemptAt' | 'hostVersion' | 'cancelState' | 'cancelReason'
>;

const LOOK = prepared(
  'order-look',
  `select ${STANDING_COLUMNS}, e.id as "earlierId", e.request_hash as "earlierHash",
          exists (select from customer where id = ? and reseller_id = r.id and status = 'active') as "customerKnown",
          (select coalesce(jsonb_agg(to_jsonb(w) || jsonb_build_object('group', w.group_id)), '[]')
             from own_price_rule w where w.reseller_id = r.id) as "ownRules"
     from reseller r join programme g on g.id = 1
     left join reseller_order e on e.reseller_id = r.id and e.idempotency_key = ? where r.id = ?`,
);
/** An order that was written down, and locked, by this very call; the standing allowed it. */
export interface Reserved {
  order: Submitted;
  standing: Standing;
}

type Look = Standing & {
  earlierId: string | null;
  earlierHash: string | null;
  customerKnown: boolean;
  ownRules: OwnRule[];
};

/*
 * The order, its activity entry and the journal's first line in one prepared statement. Nothing at all when the key or
 * the quote was used, be it by a request of the same moment: the unique indexes decide.
 */
const WRITE = prepared(
  'order-write',
  `with submitted as (
     insert into reseller_order (id, reseller_id, customer_id, status, via, currency, digits, tax, due_now, lines, list_hash,
                                 priced_at, quote_id, idempotency_key, request_hash, payment_method, note, next_attempt_at,
                                 placed_at)
     select x.id, x."resellerId", x."customerId", x.status, x.via, x.currency, x.digits, x.tax, x."dueNow", x.lines,
            x."listHash", x."pricedAt", x."quoteId", ?, ?, x."paymentMethod", x.note, ?, x."placedAt"
       from jsonb_to_record(?::jsonb) as x(
         id text, "resellerId" text, "customerId" text, status text, via text, currency text, digits smallint, tax text,
         "dueNow" text, lines jsonb, "listHash" text, "pricedAt" timestamptz, "quoteId" text, "paymentMethod" text,
         note text, "placedAt" timestamptz)
     on conflict do nothing
     returning id, number, reseller_id, placed_at, version, currency, due_now, list_hash, quote_id, customer_id
   ), entry as (
     insert into activity (id, at, actor, action, subject_type, subject_id, reseller_id, request_id, source_address, after)
     select ?, placed_at, ?::jsonb, 'order.submitted', 'order', id, reseller_id, ?, ?,
            jsonb_build_object('currency', currency, 'dueNow', due_now, 'listHash', list_hash, 'quote', quote_id,
                               'customerId', customer_id)
       from submitted
   ), line as (
     insert into order_journal (order_id, step, phase, at) select id, 'place', 'begin', ? from submitted
   )
   select number::int as number, version, pg_try_advisory_lock(hashtextextended(id, 2)) as locked from submitted`,
);

/**
 * Writes the order down and locks it for the connection. The second of two equal requests gets the id of the first one's order and no more.
 * @throws price_changed, idempotency_conflict (same key, other order), not_found (customer), and as quotes.create
 */
export async function reserve(
  ctx: ServiceContext,
  connection: OneConnection,
  resellerId: string,
  request: PlaceRequest,
): Promise<{ id: string; reserved?: Reserved }> {
  const em = ctx.em.fork();
  const requestHash = digestOf(request);
  const look = async (): Promise<Look> => {
    const values = [ctx.now, ctx.now, request.customerId, request.idempotencyKey, resellerId];
    const [row] = await connection.execute<Look>(LOOK, values);
    if (!row) throw new ServiceError('not_found', 'There is no such reseller.');
    if (row.earlierId === null || row.earlierHash === requestHash) return row;
    throw new ServiceError(
      'idempotency_conflict',
      'This idempotency key was used for another order. Use a new key for a new order.',
      '/idempotencyKey',
    );
  };
  const standing = await look();
  if (standing.earlierId !== null) return { id: standing.earlierId };
  requireMayOrder(standing);
  const quote = ctx.quotes.verify(request.quote, { reseller: resellerId, order: orderDigest(request), now: ctx.now });
  if (request.customerId && !standing.customerKnown) {
    throw new ServiceError('not_found', 'There is no such customer.', '/customerId');
  }
  const view = await ctx.catalogue.view(em, standing.catalogueReadAt);
  const priced = await priceLines(em, ctx.prices, view, quote.list, request);
  const order = {
    id: newId('ord'),
    resellerId,
    customerId: request.customerId,
    status: 'placing' as const,
    via: ctx.actor.kind === 'api_key' ? ('api' as const) : ('portal' as const),
    currency: request.currency,
    digits: priced.digits,
    tax: view.tax,
    dueNow: priced.quote.dueNow,
    lines: withOwn(withWords(priced, request), priced, request.currency, standing.ownRules, request.ownPrices),
    listHash: quote.list,
    pricedAt: new Date(quote.at),
    quoteId: quote.id,
    paymentMethod: request.paymentMethod,
    note: request.note,
    placedAt: ctx.now,
  };
  const [written] = await connection.execute<{ number: number; version: number }>(WRITE, [
    request.idempotencyKey,
    requestHash,
    new Date(ctx.now.getTime() + TAKE_OVER_MS),
    JSON.stringify(order),
    newId('act'),
    JSON.stringify(recordedActor(ctx)),
    ctx.requestId,
    ctx.sourceAddress ?? null,
    new Date(),
  ]);
  if (written) {
    const { number, version } = written;
    const submitted = { ...order, number, version, hostOrderId: null, hostInvoiceId: null, refusal: null };
    return { id: order.id, reserved: { order: submitted, standing } };
  }
  const { earlierId } = await look();
  if (earlierId !== null) return { id: earlierId };
  throw new ServiceError('price_changed', 'This quote was used by another order. Ask for a new one.', '/quote');
}

function digestOf({ quote: _quote, ...request }: PlaceRequest): string {
  return hash('sha256', JSON.stringify({ ...request, lines: orderDigest(request) }), 'base64url');
}
