import { z } from 'zod';
import { verb } from '../../verb.ts';
import { Application } from '../application/entity.ts';
import { Reseller } from './entity.ts';

/** Clients of the host by name, company or e-mail, each with the reseller it already is or the application it waits with, if any. */
export const searchHostClients = verb({
  procedure: 'hostClients.search',
  permission: 'resellers:write',
  mode: 'steps',
  input: z.object({ search: z.string().trim().max(100).default('') }),
  run: async ({ em, host }, { search }) => {
    const { clients } = await host['clients.list']({ ...(search ? { search } : {}), limit: 20 });
    const resellers = await em.find(Reseller, { hostClientId: { $in: clients.map(({ id }) => id) } });
    const applications = await em.find(Application, {
      hostClientId: { $in: clients.map(({ id }) => id) },
      status: { $in: ['submitted', 'info_requested', 'answered'] },
    });
    const waiting = new Map(applications.map((application) => [application.hostClientId, application.id]));
    const known = new Map(resellers.map((reseller) => [reseller.hostClientId, reseller.id]));
    return {
      rows: clients.map(({ id, name, company, email, currency, country, status }) => ({
        id,
        name,
        company,
        email,
        currency,
        country,
        status,
        resellerId: known.get(id) ?? null,
        applicationId: waiting.get(id) ?? null,
      })),
    };
  },
});
