import { z } from 'zod';
import { type CallResponse, CONTRACT_VERSION, HostError } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { readPairing } from '../pairing/state.ts';
import { buildIndex } from '../price-list/build-index.ts';
import { readFindings } from './findings.ts';

type About = CallResponse<'describe'>;

/** The connection with the host as it is now, and what the doctor found last. The host is asked; when it does not answer, the reason stands in its place. */
export const getHealth = verb({
  procedure: 'health.get',
  permission: 'settings:read',
  mode: 'read',
  input: z.object({}),
  run: async (ctx) => {
    const { em, doctor, now } = ctx;
    const asked = Date.now();
    const about = await ctx.host.describe({ fresh: true }).catch((error: unknown) => {
      if (error instanceof HostError) return error;
      throw error;
    });
    const answeredInMs = Date.now() - asked;
    const pairing = await readPairing(em);
    const [heard] = await em.execute<{ at: Date | string | null; parked: number }[]>(
      `select (select max(received_at) from inbox) as at,
              (select count(*)::int from inbox where outcome = 'parked') as parked`,
    );
    return {
      kind: doctor.place.host,
      url: doctor.place.hostUrl,
      contract: CONTRACT_VERSION,
      host: about instanceof HostError ? null : { ...(await hostCard(ctx, about)), answeredInMs },
      /** Why the host did not answer; null when it did. */
      error: about instanceof HostError ? { code: about.code, message: about.message } : null,
      pairedAt: pairing?.pairedAt.toISOString() ?? null,
      /** When the last event of the host came in, and how many were set aside. */
      heardAt: heard?.at ? new Date(heard.at).toISOString() : null,
      eventsParked: heard?.parked ?? 0,
      asOf: now.toISOString(),
      checks: await readFindings(em, doctor.ids),
    };
  },
});

/** What the host says of itself; null where its bridge does not report it. */
async function hostCard({ em, now }: ServiceContext, about: About) {
  const { name, version, contract, zone, currency, health = {}, problems = [] } = about;
  const index = await buildIndex(em, now);
  return {
    name,
    version,
    contract,
    zone,
    currency,
    problems,
    moduleVersion: health.moduleVersion ?? null,
    /** Seconds by which the host's clock is ahead of the service's, negative when it is behind. */
    clockSeconds: health.clock === undefined ? null : Math.round((Date.parse(health.clock) - now.getTime()) / 1000),
    cronAt: health.cronAt ?? null,
    hooksConnected: health.hooksConnected ?? null,
    /** When the host last got an answer of the service. */
    reachedAt: health.plugin?.reachedAt ?? null,
    queue: health.outbox ?? null,
    prices: {
      here: index?.revision ?? null,
      there: health.priceRevision ?? null,
      /** Null when the bridge does not say which lists it has. */
      inStep: health.priceRevision === undefined ? null : health.priceRevision === (index?.revision ?? null),
    },
    shop: health.nativeCheckout ?? null,
  };
}
