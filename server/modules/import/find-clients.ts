import type { HostClient, HostPort } from '../../../hooks/contract/index.ts';

const BATCH = 500;

/** The host's clients of these ids and e-mail addresses, by what they were asked for. @throws HostError */
export async function findClients(host: HostPort, names: Iterable<string>): Promise<Map<string, HostClient>> {
  const found = new Map<string, HostClient>();
  const all = [...new Set(names)];
  const ids = all.filter((name) => !name.includes('@'));
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const { clients } = await host['clients.list']({ ids: batch, limit: BATCH });
    for (const client of clients) found.set(client.id, client);
  }
  for (const email of all.filter((name) => name.includes('@'))) {
    const { clients } = await host['clients.list']({ search: email.slice(0, 100), limit: 100 });
    const client = clients.find((one) => one.email.toLowerCase() === email.toLowerCase());
    if (client) found.set(email, client);
  }
  return found;
}
