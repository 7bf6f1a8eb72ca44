import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { type Event, factsOf } from './facts.ts';
import { Notice } from './entity.ts';
import { kindOfEvent } from './kinds.ts';
import { recipientOf } from './recipient.ts';
import { renderNotice } from './render.ts';
import { findSender } from './sender.ts';
import { noticeEnabled, noticeTemplate } from './settings.ts';

const BATCH = 200;

/**
 * Makes a notice of each event that asks for one, once. Looks back a day, since events may commit in another order than
 * they are numbered; what a stopped service missed for longer is not news any more. Returns how many were made.
 */
export async function collectNotices(ctx: ServiceContext): Promise<number> {
  const events = await ctx.em.execute<Event[]>(
    `select o.id, o.type, o.reseller_id, o.payload, o.created_at from outbox o
      where o.type in (?) and o.created_at > ?::timestamptz - interval '1 day'
        -- A test event has no place among the events, and is no news.
        and (o.published_at is null or o.position is not null)
        and not exists (select from notice_seen s where s.event_id = o.id)
      order by o.created_at, o.sequence limit ?`,
    [Object.keys(kindOfEvent), ctx.now, BATCH],
  );
  if (events.length === 0) return 0;
  const provider = await providerName(ctx);
  // A host that cannot be asked now may send it later.
  const sends = await findSender(ctx).then(
    (sender) => sender !== null,
    () => true,
  );
  let made = 0;
  for (const event of events) {
    made += await ctx.em.fork().transactional(async (em) => {
      const [mine] = await em.execute<unknown[]>(
        'insert into notice_seen (event_id, at) values (?, ?) on conflict do nothing returning event_id',
        [event.id, ctx.now],
      );
      return mine ? makeNotice({ ...ctx, em }, event, provider, sends) : 0;
    });
  }
  return made;
}

async function makeNotice(ctx: ServiceContext, event: Event, provider: string, sends: boolean): Promise<0 | 1> {
  const { em, now } = ctx;
  const kind = kindOfEvent[event.type]!;
  if (!(await noticeEnabled(em, kind))) return 0;
  const to = await recipientOf(em, event);
  const facts = to && (await factsOf(em, kind, event));
  if (!to || !facts) return 0;
  const template = await noticeTemplate(em, kind, to.language);
  const { subject, body } = renderNotice(kind, template, { ...facts, company: to.company, provider });
  em.persist(
    em.create(Notice, {
      id: newId('not'),
      kind,
      resellerId: to.resellerId,
      hostClientId: to.hostClientId,
      cause: event.id,
      language: to.language,
      recipient: to.email,
      subject,
      body,
      state: sends ? 'queued' : 'inbox',
      nextAttemptAt: sends ? now : null,
      error: null,
      createdAt: now,
      sentAt: null,
      readAt: null,
    }),
  );
  return 1;
}

/** What the host calls itself; a notice does not wait for a host that cannot be reached. */
export async function providerName({ host, log }: ServiceContext): Promise<string> {
  try {
    return (await host.describe({})).name;
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'host not asked for its name');
    return '';
  }
}
