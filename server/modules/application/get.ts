import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { canonicalJson } from '../../pricing/canonical-json.ts';
import { verb } from '../../verb.ts';
import { Activity } from '../activity/entity.ts';
import { type Application, ApplicationMessage, ApplicationSubmission } from './entity.ts';
import { formOf } from './form.ts';
import { findForReview } from './load.ts';
import { isShown } from './read-answers.ts';
import { reviewRow } from './row.ts';
import { matchLevels, type MatchReason } from './schemas.ts';
import { checkTaxId } from './tax-id.ts';

/**
 * One application with all a reviewer needs: answers in the order of its own form (with what changed since the last
 * sending), like records and why, the host's facts, thread with notes, history, and the next one in the queue. @throws not_found
 */
export const getApplication = verb({
  procedure: 'applications.get',
  permission: 'applications:read',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { em } = ctx;
    const application = await findForReview(ctx, id);
    const [messages, history] = await Promise.all([
      em.find(ApplicationMessage, { applicationId: id }, { orderBy: { at: 'asc', id: 'asc' } }),
      em.find(Activity, { subjectType: 'application', subjectId: id }, { orderBy: { at: 'asc', id: 'asc' } }),
    ]);
    return {
      ...reviewRow(application),
      request: application.request ?? null,
      formVersion: application.formVersion,
      ...(await sent(em, application)),
      facts: application.facts ?? null,
      matches: await matches(em, id),
      thread: messages.map(({ at, kind, author, body }) => ({ at: at.toISOString(), kind, author, body })),
      history: history.map(({ at, actor, action, before, after }) => ({
        at: at.toISOString(),
        actor,
        action,
        before,
        after,
      })),
      next: await nextInQueue(em, application),
    };
  },
});

/** The answers field by field, and every version that was sent. */
async function sent(em: EntityManager, { id, formVersion, answers, country }: Application) {
  const { fields } = await formOf(em, formVersion);
  const submissions = await em.find(ApplicationSubmission, { applicationId: id }, { orderBy: { number: 'asc' } });
  const previous = submissions.at(-2)?.answers ?? null;
  return {
    answers: fields
      .filter((field) => isShown(field, answers) || field.id in answers)
      .map((field) => {
        const value = answers[field.id] ?? null;
        const earlier = previous?.[field.id] ?? null;
        return {
          field,
          value,
          /** What stood here before the last correction; null when it did not change. */
          changedFrom: previous && canonicalJson(earlier) !== canonicalJson(value) ? { value: earlier } : null,
          taxId: field.type === 'tax_id' && typeof value === 'string' ? checkTaxId(country ?? null, value) : null,
        };
      }),
    submissions: submissions.map(({ number, at, answers: given }) => ({
      number,
      at: at.toISOString(),
      answers: given,
    })),
  };
}

async function matches(em: EntityManager, id: string) {
  const rows = await em.execute<
    {
      other_type: 'application' | 'reseller';
      other_id: string;
      reasons: MatchReason[];
      dismissed: boolean;
      name: string | null;
      status: string | null;
      reseller_id: string | null;
    }[]
  >(
    `select m.other_type, m.other_id, json_agg(m.reason order by m.reason) as reasons, bool_and(m.dismissed_at is not null) as dismissed,
            coalesce(max(a.business_name), max(r.company)) as name, coalesce(max(a.status), max(r.status)) as status,
            coalesce(max(a.reseller_id), max(r.id)) as reseller_id
       from application_match m
       left join application a on m.other_type = 'application' and a.id = m.other_id
       left join reseller r on m.other_type = 'reseller' and r.id = m.other_id
      where m.application_id = ? group by m.other_type, m.other_id order by m.other_id desc`,
    [id],
  );
  return rows.map((row) => ({
    type: row.other_type,
    id: row.other_id,
    name: row.name,
    status: row.status,
    resellerId: row.reseller_id,
    reasons: row.reasons.map((reason) => ({ reason, level: matchLevels[reason] })),
    dismissed: row.dismissed,
  }));
}

/** The application to look at after this one: the oldest that waits for review. */
async function nextInQueue(em: EntityManager, { id }: Application): Promise<string | null> {
  const [row] = await em.execute<{ id: string }[]>(
    `select id from application where status in ('submitted', 'answered') and id <> ? order by waiting_since, id limit 1`,
    [id],
  );
  return row?.id ?? null;
}
