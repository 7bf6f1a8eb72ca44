import { z } from 'zod';
import { verb } from '../../verb.ts';
import { providerName } from './collect.ts';
import { type Event, factsOf } from './facts.ts';
import { kindOfEvent, noticeKindNames } from './kinds.ts';
import { recipientOf } from './recipient.ts';
import { renderNotice } from './render.ts';
import { noticeTemplate } from './settings.ts';
import { languages } from './templates.ts';

/** Newest events that are looked through for one that makes this notice. */
const LOOKED_AT = 20;

/**
 * How a notice would read, with the data of the newest event that asks for it; nothing is sent. A text that is not saved
 * yet may be given. `available` is false when nothing of the kind has happened yet. @throws bad_input for an unknown name
 */
export const previewNotice = verb({
  procedure: 'notices.preview',
  permission: 'settings:read',
  mode: 'read',
  input: z.object({
    kind: z.enum(noticeKindNames),
    language: z.enum(languages).default('en'),
    subject: z.string().max(200).optional(),
    body: z.string().max(10_000).optional(),
  }),
  run: async (ctx, { kind, language, subject, body }) => {
    const { em } = ctx;
    const stored = await noticeTemplate(em, kind, language);
    const template = { subject: subject ?? stored.subject, body: body ?? stored.body };
    const types = Object.keys(kindOfEvent).filter((type) => kindOfEvent[type] === kind);
    const events = await em.execute<Event[]>(
      `select id, type, reseller_id, payload, created_at from outbox where type in (?)
        order by created_at desc, sequence desc limit ?`,
      [types, LOOKED_AT],
    );
    for (const event of events) {
      const to = await recipientOf(em, event);
      const facts = to && (await factsOf(em, kind, event));
      if (!to || !facts) continue;
      const provider = await providerName(ctx);
      return {
        available: true as const,
        recipient: to.email,
        ...renderNotice(kind, template, { ...facts, company: to.company, provider }),
      };
    }
    // Its names are checked all the same.
    renderNotice(kind, template, {});
    return { available: false as const };
  },
});
