import type { EntityManager } from '@mikro-orm/postgresql';
import type { HostClient, HostInvoice, HostPort, HostService } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { record } from '../activity/record.ts';
import { assignPrices } from '../price-list/assign.ts';
import { readHost } from '../reconcile/read-host.ts';
import { lockRunningServices } from '../service/lock-running.ts';
import { loadSettings } from '../settings/load.ts';
import { Tier } from '../tier/entity.ts';
import { Reseller } from './entity.ts';
import { findResellerRows } from './find-rows.ts';
import type { ResellerRow } from './schemas.ts';
import { snapshot } from './snapshot.ts';

/** A client's account as the host holds it. */
export interface HostAccount {
  client: HostClient;
  services: HostService[];
  invoices: HostInvoice[];
}

/** Reads a client's account, before the transaction that needs it. @throws not_found, HostError */
export async function readAccount(host: HostPort, hostClientId: string): Promise<HostAccount> {
  const [{ clients }, { services, invoices }] = await Promise.all([
    host['clients.list']({ ids: [hostClientId], limit: 1 }),
    readHost(host, [hostClientId]),
  ]);
  const client = clients.find(({ id }) => id === hostClientId);
  if (!client) throw new ServiceError('not_found', 'The host has no such client. Search again.', '/hostClientId');
  return { client, services, invoices };
}

export interface Admission {
  company: string;
  /** Left out: the programme's default tier. */
  tierId?: string | undefined;
  ownDiscountBp: number | null;
  /** Left out: as the programme says. */
  apiEnabled?: boolean | undefined;
  /** Running services cost wholesale from their next renewal on, where that is cheaper. */
  moveToWholesale?: boolean | undefined;
}

/**
 * Makes a client of the host a reseller, in the caller's transaction: with its price list, and locks on what runs.
 * @throws not_found (tier), duplicate (is a reseller), conflict (client closed)
 */
export async function admitReseller(ctx: ServiceContext, account: HostAccount, terms: Admission): Promise<ResellerRow> {
  const { em, now } = ctx;
  const { client, services } = account;
  if (client.status === 'closed') {
    throw new ServiceError(
      'conflict',
      'This client account is closed in the host. Open it there first.',
      '/hostClientId',
    );
  }
  if (await em.count(Reseller, { hostClientId: client.id })) {
    throw new ServiceError('duplicate', 'This client is a reseller already.', '/hostClientId');
  }
  const defaults = await loadSettings(em, 'programme');
  const tier = await tierOf(em, terms.tierId, defaults.defaultTierId);
  if (!tier) throw new ServiceError('not_found', 'There is no such tier.', '/tierId');
  const reseller = em.create(Reseller, {
    id: newId('rs'),
    hostClientId: client.id,
    company: terms.company,
    email: client.email,
    currency: client.currency,
    tier,
    ownDiscountBp: terms.ownDiscountBp,
    status: 'active',
    publicReason: null,
    apiEnabled: terms.apiEnabled ?? defaults.defaultApiEnabled,
    createdAt: now,
    version: 1,
  });
  record(ctx, {
    action: 'reseller.created',
    subject: { type: 'reseller', id: reseller.id },
    resellerId: reseller.id,
    after: snapshot(reseller),
    event: { resellerId: reseller.id, company: reseller.company, tier: tier.id },
  });
  await em.flush();
  await lockRunningServices(ctx, reseller, services);
  await assignPrices(ctx, [reseller.id]);
  if (terms.moveToWholesale) await ctx.enqueue(em, 'move-to-wholesale', { resellerId: reseller.id });
  const [row] = await findResellerRows(em, { where: 'r.id = ?', parameters: [reseller.id] });
  return row!;
}

/** The tier that was chosen; else the programme's default; else, when that one is gone, the lowest. */
async function tierOf(em: EntityManager, chosen: string | undefined, usual: string): Promise<Tier | null> {
  if (chosen !== undefined) return em.findOne(Tier, chosen);
  return (
    (await em.findOne(Tier, usual)) ?? (await em.findOne(Tier, { id: { $ne: '' } }, { orderBy: { position: 'asc' } }))
  );
}
