import { createKeys } from '../../hooks/transport/keys.ts';
import type { HostPort } from '../../hooks/contract/index.ts';
import type { Actor, ServiceContext } from '../../server/context.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import { hostPermissions, resellerPermissions } from '../../server/permissions.ts';
import { createLog } from '../../server/platform/log.ts';
import { createService, type Service, systemActor } from '../../server/service.ts';

export interface BenchReseller {
  id: string;
  hostClientId: string;
}

/** The service as it runs in production, but without job workers: nothing happens beside what is measured. */
export interface Installation {
  service: Service;
  system(): ServiceContext;
  host(): ServiceContext;
  as(reseller: BenchReseller): ServiceContext;
  addReseller(hostClientId: string, ownDiscountBp: number | null): Promise<BenchReseller>;
}

const hostActor: Actor = { kind: 'host', id: 'host', name: 'host', permissions: hostPermissions };

export async function openInstallation(databaseUrl: string, host: HostPort): Promise<Installation> {
  const service = await createService({
    databaseUrl,
    host,
    keys: createKeys(),
    log: createLog('silent'),
    hostOrigin: 'http://127.0.0.1',
    workers: false,
  });
  const system = () => service.context(systemActor);
  return {
    service,
    system,
    host: () => service.context(hostActor),
    as: ({ id }) =>
      service.context({ kind: 'reseller', id, name: 'Bench', resellerId: id, permissions: resellerPermissions }),
    addReseller: async (hostClientId, ownDiscountBp) => {
      const { id } = await createReseller(system(), {
        hostClientId,
        company: `Reseller ${hostClientId}`,
        ownDiscountBp,
      });
      return { id, hostClientId };
    },
  };
}
