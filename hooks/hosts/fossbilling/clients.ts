import { z } from 'zod';
import { HostError, type CallRequest, type CallResponse, type HostClient } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { looseAmount, looseFlag, looseId, looseMoment, looseText } from './loose.ts';
import { orNotFound, orNull, readPage } from './pages.ts';
import { baseCurrency } from './shop.ts';

/** A client account, as `client/get` and `client/get_list` send it. */
export const clientAnswer = z.object({
  id: looseId,
  status: looseText,
  first_name: looseText,
  last_name: looseText,
  company: looseText,
  email: looseText,
  country: looseText,
  currency: looseText,
  balance: looseAmount,
  tax_exempt: looseFlag,
  created_at: looseMoment,
});
export type ClientAnswer = z.infer<typeof clientAnswer>;

/** More clients than this are looked for in the whole list: a call for each would cost more. */
const SINGLY = 10;

/**
 * A client account with what only the host's own terms say (balance, tax).
 * @throws HostError not_found, conflict when the account has no currency yet
 */
export async function readClient({ api }: FossbillingHost, id: string): Promise<ClientAnswer & { currency: string }> {
  const client = await orNotFound(api.call('client/get', { id }, clientAnswer), 'client');
  if (!client.currency) throw new HostError('conflict', 'This client account has no currency yet.');
  return { ...client, currency: client.currency };
}

/** clients.list: by ids, by a text, or all of them by pages. */
export async function listClients(
  host: FossbillingHost,
  request: CallRequest<'clients.list'>,
): Promise<CallResponse<'clients.list'>> {
  const { api } = host;
  const { ids, search, cursor, limit = 100 } = request;
  const wanted = ids && new Set(ids);
  if (wanted && wanted.size <= SINGLY) {
    const found = await Promise.all([...wanted].map((id) => orNull(api.call('client/get', { id }, clientAnswer))));
    return {
      clients: await viewClients(
        host,
        found.filter((client) => client !== null),
      ),
      cursor: null,
    };
  }
  const page = Number(cursor ?? 1);
  if (!Number.isInteger(page) || page < 1) throw new HostError('bad_request', 'This cursor is not from here.');
  const params = search === undefined || search === '' ? {} : { search };
  const list = { method: 'client/get_list', params, entry: clientAnswer };
  const { entries, more } = await readPage(api, list, page, { size: limit });
  const clients = await viewClients(host, wanted ? entries.filter(({ id }) => wanted.has(id)) : entries);
  return { clients, cursor: more ? String(page + 1) : null };
}

/** A client who never ordered may have no currency: the host gives it the shop's own with the first invoice. */
async function viewClients({ readShop }: FossbillingHost, clients: readonly ClientAnswer[]): Promise<HostClient[]> {
  const fallback = clients.every(({ currency }) => currency) ? '' : baseCurrency(await readShop());
  return clients.map((client) => viewClient(client, fallback));
}

function viewClient(client: ClientAnswer, fallback: string): HostClient {
  const name = [client.first_name, client.last_name].filter(Boolean).join(' ');
  return {
    id: client.id,
    status: client.status === 'active' ? 'active' : client.status === 'canceled' ? 'closed' : 'suspended',
    name: (name || client.company || client.email || client.id).slice(0, 200),
    company: client.company?.slice(0, 200) || null,
    email: (client.email ?? '').slice(0, 320),
    country: client.country?.length === 2 ? client.country : null,
    currency: client.currency || fallback,
    createdAt: client.created_at ?? '1970-01-01T00:00:00Z',
  };
}
