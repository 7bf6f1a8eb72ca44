import type { HostClient } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';

/** A client as the host has it now. @throws not_found, HostError */
export async function readClient({ host }: ServiceContext, hostClientId: string): Promise<HostClient> {
  const { clients } = await host['clients.list']({ ids: [hostClientId], limit: 1 });
  const client = clients.find(({ id }) => id === hostClientId);
  if (!client) throw new ServiceError('not_found', 'The host does not know this client any more.');
  return client;
}
