import type { ServiceContext } from '../../context.ts';

/** Deliveries at a time to one endpoint, over all processes; one only while it fails, so that it wastes no more. */
const AT_A_TIME = 4;
/** A worker that has not said how it went by then is taken for dead: thrice the limit of an attempt. */
const LEASE_SECONDS = 30;
/**
 * Later events of an object wait for an earlier one until it failed so often (about five minutes): a single event that
 * a receiver cannot digest must not hold back all that follow for days.
 */
const HOLDS_BACK = 3;

/** The second that an endpoint's limit counts: the one that has just passed, whichever process sent. */
const WITHIN = "> statement_timestamp() - interval '1 second'";

/** A delivery that this process may send now, with all it takes. */
export interface Claimed {
  id: string;
  attempt: number;
  endpointId: string;
  url: string;
  secret: string;
  oldSecret: string | null;
  oldSecretUntil: string | Date | null;
  eventId: string;
  type: string;
  position: string | null;
  resellerId: string | null;
  payload: Record<string, unknown>;
  createdAt: string | Date;
  failing: boolean;
}

/**
 * Takes up to `slots` due deliveries, those of healthy endpoints first, and at most `failingSlots` of failing ones. The
 * rows of their endpoints are locked meanwhile, so that no two processes count the same free places, or the same second.
 */
export async function claim({ em, now }: ServiceContext, slots: number, failingSlots: number): Promise<Claimed[]> {
  return em.execute<Claimed[]>(
    `with clock as (select ?::timestamptz as at),
     ready as materialized (
       select e.*, e.failing_since is not null as failing,
              e.per_second - (select count(*) from unnest(e.begun) one where one ${WITHIN}) as left_of_second from webhook_endpoint e, clock
        where e.active and (e.hold_until is null or e.hold_until <= clock.at)
          and exists (select from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting'
                         and d.next_at <= clock.at and (d.lease_until is null or d.lease_until <= clock.at))
        for no key update of e skip locked
     ), possible as (
       select d.id, r.failing, row_number() over (partition by r.failing order by d.place, random()) as n
         from clock, ready r cross join lateral (
           select d.id, row_number() over (order by d.next_at, d.position) as place from webhook_delivery d
            where d.endpoint_id = r.id and d.state = 'waiting' and d.next_at <= clock.at
              and (d.lease_until is null or d.lease_until <= clock.at)
              and not exists (select from webhook_delivery p where p.endpoint_id = d.endpoint_id
                                 and p.object_key = d.object_key and p.state = 'waiting' and p.position < d.position
                                 and (p.attempts < ${HOLDS_BACK} or p.lease_until > clock.at))
            order by d.next_at, d.position
            limit greatest(0, least(r.left_of_second, case when r.failing then 1 else ${AT_A_TIME} end - (
              select count(*) from webhook_delivery f
               where f.endpoint_id = r.id and f.state = 'waiting' and f.lease_until > clock.at)))
         ) d
     ), picked as (
       select id, failing from possible where not failing or n <= ? order by failing, n limit ?
     ), taken as (
       update webhook_delivery d set attempts = d.attempts + 1, lease_until = clock.at + interval '${LEASE_SECONDS} seconds'
         from picked p, clock
        -- What another process took between our snapshot and its lock is looked at again here: it is leased by now.
        where d.id = p.id and d.state = 'waiting' and (d.lease_until is null or d.lease_until <= clock.at)
       returning d.id, d.attempts, d.endpoint_id, d.event_id, p.failing
     ), paced as (
       update webhook_endpoint e
          set begun = array(select one from unnest(e.begun) one where one ${WITHIN}) || array_fill(statement_timestamp(), array[t.n])
         from (select endpoint_id, count(*)::int as n from taken group by 1) t
        where e.id = t.endpoint_id and e.per_second is not null
     )
     select t.id, t.attempts as attempt, t.endpoint_id as "endpointId", t.failing, r.url, r.secret,
            r.old_secret as "oldSecret", r.old_secret_until as "oldSecretUntil", o.id as "eventId", o.type,
            o.position::text as position, o.reseller_id as "resellerId", o.payload, o.created_at as "createdAt"
       from taken t join ready r on r.id = t.endpoint_id join outbox o on o.id = t.event_id`,
    [now, failingSlots, slots],
  );
}
