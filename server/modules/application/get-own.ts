import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { HostError } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { loadSettings } from '../settings/load.ts';
import { Tier } from '../tier/entity.ts';
import { type Application, ApplicationMessage, ApplicationSubmission } from './entity.ts';
import { currentForm, formOf } from './form.ts';
import { actingClient, findOwn } from './load.ts';
import { whyClosed } from './may-apply.ts';
import { readClient } from './read-client.ts';
import { ownRow } from './row.ts';

/**
 * Everything the applicant's page needs: whether one may apply and why not, the form with what the host knows filled in,
 * and the latest application with its thread and what was sent.
 */
export const getOwnApplication = verb({
  procedure: 'application.get',
  permission: 'applications:apply',
  mode: 'read',
  input: z.object({}),
  run: async (ctx) => {
    const { em } = ctx;
    const { hostClientId } = actingClient(ctx);
    const client = await readClient(ctx, hostClientId).catch((error: unknown) => {
      // Without the host nothing is filled in, and the page still opens.
      if (error instanceof HostError) return null;
      throw error;
    });
    const latest = await findOwn(ctx);
    const closed = await whyClosed(ctx, { hostClientId, country: client?.country ?? null, latest });
    const programme = await loadSettings(em, 'programme');
    const tiers = programme.showLadder ? await em.find(Tier, {}, { orderBy: { position: 'asc' } }) : [];
    return {
      open: closed === null,
      closedBecause: closed?.message ?? null,
      publicText: programme.publicText,
      ladder: tiers.map(({ name, discountBp }) => ({ name, discountBp: discountBp ?? null })),
      form: await currentForm(em),
      known: client && { businessName: client.company ?? client.name, country: client.country, email: client.email },
      application: latest && {
        ...ownRow(latest, (await formOf(em, latest.formVersion)).fields),
        ...(await story(em, latest)),
      },
      typicalHours: await typicalHours(ctx),
    };
  },
});

async function story(em: EntityManager, { id }: Application) {
  const [messages, submissions] = await Promise.all([
    em.find(ApplicationMessage, { applicationId: id, kind: 'message' }, { orderBy: { at: 'asc', id: 'asc' } }),
    em.find(ApplicationSubmission, { applicationId: id }, { orderBy: { number: 'asc' } }),
  ]);
  return {
    messages: messages.map(({ at, author, body }) => ({
      at: at.toISOString(),
      from: author.kind === 'client' ? ('applicant' as const) : ('provider' as const),
      body,
    })),
    submissions: submissions.map(({ number, at, answers }) => ({ number, at: at.toISOString(), answers })),
  };
}

/** Hours in which four of five decisions of the last 90 days were made; null with fewer than ten, which prove nothing. */
async function typicalHours({ em, now }: ServiceContext): Promise<number | null> {
  const [row] = await em.execute<{ n: number; hours: number | null }[]>(
    `select count(*)::int as n,
            ceil(extract(epoch from percentile_cont(0.8) within group (order by decided_at - submitted_at)) / 3600)::int as hours
       from application where decided_at > ?::timestamptz - interval '90 days' and status in ('approved', 'rejected')
        and submitted_at is not null`,
    [now],
  );
  return row && row.n >= 10 ? row.hours : null;
}
