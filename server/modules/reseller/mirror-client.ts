import type { HostClient } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { raiseProblem } from '../problem/raise.ts';
import { findByHostClient } from './find-by-host-client.ts';
import { snapshot } from './snapshot.ts';

/**
 * Takes over what the host owns of a reseller's account: its e-mail address. The status here is never derived from the
 * host's alone; a closed account raises a problem. False when the client is no reseller.
 */
export async function mirrorClient(ctx: ServiceContext, client: HostClient): Promise<boolean> {
  const reseller = await findByHostClient(ctx.em, client.id);
  if (!reseller) return false;
  // Erased: the host's address of it is not taken back in.
  if (reseller.anonymisedAt) return true;
  if (client.status !== 'active' && reseller.status === 'active') {
    await raiseProblem(ctx, {
      key: `client_${client.status}:${reseller.id}`,
      message: `The client account of ${reseller.company} is ${client.status} in the host, but the reseller is active. Decide its status.`,
      severity: 'warning',
      resellerId: reseller.id,
    });
  }
  if (client.email === reseller.email) return true;
  const before = snapshot(reseller);
  reseller.email = client.email;
  record(ctx, {
    action: 'reseller.updated',
    subject: { type: 'reseller', id: reseller.id },
    resellerId: reseller.id,
    before,
    after: snapshot(reseller),
  });
  return true;
}
