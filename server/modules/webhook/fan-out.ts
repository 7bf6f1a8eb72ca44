import type { ServiceContext } from '../../context.ts';
import { eventGroups, providerGroups } from '../outbox/event-types.ts';

/** Events of one turn. */
const BATCH = 500;
/** Advisory lock: events of a mode are handed out by one process at a time, which is what keeps their order. */
const LOCK = 7_203_011;

/** What an event is about: deliveries of one object go out one after the other. */
const OBJECT_KEY = `case split_part(type, '.', 1)
  when 'order' then payload ->> 'orderId'
  when 'invoice' then payload ->> 'invoiceId'
  when 'customer' then payload ->> 'customerId'
  when 'service' then coalesce(payload ->> 'serviceId', payload ->> 'hostServiceId')
  when 'key' then payload ->> 'keyId'
  when 'application' then payload ->> 'applicationId'
  end`;

/**
 * Hands waiting events out: each gets its position, and a delivery to every active endpoint that chose it and may see
 * it. All in one transaction, so that an event is handed out once and wholly. Returns whether more may wait.
 */
export async function fanOut({ em: parent, now }: ServiceContext): Promise<boolean> {
  const [waiting] = await parent.execute<unknown[]>('select 1 from outbox where published_at is null limit 1');
  if (!waiting) return false;
  return parent.fork().transactional(async (em) => {
    const [lock] = await em.execute<{ mine: boolean }[]>(
      'select pg_try_advisory_xact_lock(?, hashtext(current_schema())) as mine',
      [LOCK],
    );
    if (!lock?.mine) return false;
    const [taken] = await em.execute<{ n: number }[]>(
      `with batch as (
         select sequence, row_number() over (order by sequence) as n from outbox
          where published_at is null order by sequence limit ?
       ), published as (
         update outbox o set published_at = ?, position = (select coalesce(max(position), 0) from outbox) + b.n
           from batch b where o.sequence = b.sequence
         returning o.id, o.type, o.reseller_id, o.position, o.payload
       ), made as (
         insert into webhook_delivery (id, endpoint_id, event_id, event_type, object_key, origin, state, next_at, created_at)
         select 'whd_' || replace(gen_random_uuid()::text, '-', ''), e.id, p.id, p.type,
                split_part(p.type, '.', 1) || ':' || coalesce(p.key, p.reseller_id, ''), 'event', 'waiting', ?, ?
           from (select *, ${OBJECT_KEY} as key, split_part(type, '.', 1) as topic from published) p
           join webhook_endpoint e on e.active and e.events && array['*', p.topic || '.*', p.type]
            and (e.reseller_id is null or (e.reseller_id = p.reseller_id and p.topic <> all(?::text[])))
          where p.topic = any(?::text[])
          order by p.position
       )
       select count(*)::int as n from published`,
      [BATCH, now, now, now, `{${providerGroups.join(',')}}`, `{${eventGroups.join(',')}}`],
    );
    return taken?.n === BATCH;
  });
}
