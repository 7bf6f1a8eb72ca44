import { getProfile } from '../../../server/modules/profile/get.ts';
import { updateProfile } from '../../../server/modules/profile/update.ts';
import { exportOwnData } from '../../../server/modules/person/export-own.ts';
import { getReseller } from '../../../server/modules/reseller/get.ts';
import { pinTier } from '../../../server/modules/tier/pin.ts';
import { saveOwnRules } from '../../../server/modules/own-price/save-rules.ts';
import type { Owner, World } from './world.ts';

/** Does something of everything at a reseller, so that whoever sees it sees a difference. */
export async function stir(world: World, owner: Owner): Promise<void> {
  await world.sale(owner);
  await world.order(owner);
  await world.draft(owner);
  await world.notice(owner);
  await world.note(owner);
  await owner.shop.ok('POST', '/api/tickets', { subject: world.unique('Broken'), message: 'Since noon' });
  const { id, version } = await world.ownRule(owner);
  // Steps that are seen in a price of a few units.
  const bp = 1000 + (version % 50) * 100;
  await saveOwnRules(world.as(owner), { version, rules: [{ id, method: 'markup', bp }] });
  await exportOwnData(world.as(owner), {});
  const { id: resellerId } = owner.row;
  for (const pinned of [true, false]) {
    const { version } = await getReseller(world.admin(), { id: resellerId });
    await pinTier(world.admin(), { resellerId, version, pinned });
  }
  await world.call(owner);
  const profile = await getProfile(world.as(owner), {});
  await updateProfile(world.as(owner), { version: profile.version, phone: world.unique('+49') });
}
