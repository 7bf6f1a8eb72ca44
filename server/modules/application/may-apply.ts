import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadSettings } from '../settings/load.ts';
import type { Application } from './entity.ts';

/** Why a client cannot apply now, or null. `country` is the client's, where it is known. */
export async function whyClosed(
  { em, now }: ServiceContext,
  client: { hostClientId: string; country: string | null; latest: Application | null },
): Promise<ServiceError | null> {
  const [{ enabled }, { open, countries }] = [
    await loadSettings(em, 'programme'),
    await loadSettings(em, 'applications'),
  ];
  if (!enabled || !open) return new ServiceError('programme_off', 'Applications are closed at the moment.');
  if (await em.count(Reseller, { hostClientId: client.hostClientId }))
    return new ServiceError('conflict', 'This account is, or was, a reseller. Ask the provider.');
  if (countries.length > 0 && client.country !== null && !countries.includes(client.country.toUpperCase()))
    return new ServiceError('forbidden', 'The programme is not open for your country.');
  const again = client.latest?.status === 'rejected' ? client.latest.reapplyAt : null;
  if (again && again > now)
    return new ServiceError('conflict', `You can apply again from ${again.toISOString().slice(0, 10)}.`);
  return null;
}
