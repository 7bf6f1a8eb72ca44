import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { ProfileChange } from './entity.ts';
import { changeRow, checkedFields, companyOf, differences, loadProfile, putCompany } from './load.ts';
import { companyFields, type CompanyField } from './schemas.ts';

/**
 * Changes the acting reseller's company data: fields that are not checked at once, checked ones when the provider
 * approves. A second wish replaces the first that still waits. @throws conflict, bad_input (nothing would change)
 */
export const updateProfile = verb({
  procedure: 'profile.update',
  permission: 'profile:write',
  mode: 'write',
  input: companyFields.partial().extend({ version: z.int() }),
  run: async (ctx, { version, ...wanted }) => {
    const { em, now, actor } = ctx;
    const resellerId = actingReseller(ctx);
    const held = await loadProfile(em, resellerId, version);
    const before = companyOf(held);
    const changed = differences(before, wanted);
    const checked = await checkedFields(em);
    const names = Object.keys(changed) as CompanyField[];
    const waiting = await em.findOne(ProfileChange, { resellerId, status: 'pending' });
    if (names.length === 0 && !waiting) throw new ServiceError('bad_input', 'Nothing would change.');
    const direct = Object.fromEntries(names.filter((name) => !checked.has(name)).map((name) => [name, changed[name]]));
    if (Object.keys(direct).length > 0) {
      putCompany(held, direct, now);
      record(ctx, {
        action: 'profile.updated',
        subject: { type: 'reseller', id: resellerId },
        resellerId,
        before: Object.fromEntries(Object.keys(direct).map((name) => [name, before[name as CompanyField]])),
        after: direct,
      });
    }
    const asked = names.filter((name) => checked.has(name));
    if (asked.length > 0 && waiting) {
      waiting.status = 'withdrawn';
      // One waits at a time: the old one must be gone before the new one comes.
      await em.flush();
    }
    if (asked.length > 0) {
      const change = em.create(ProfileChange, {
        id: newId('pch'),
        resellerId,
        fields: Object.fromEntries(asked.map((name) => [name, { from: before[name], to: changed[name] }])),
        status: 'pending',
        askedBy: actor.id,
        askedAt: now,
        version: 1,
      });
      record(ctx, {
        action: 'profile_change.requested',
        subject: { type: 'profile_change', id: change.id },
        resellerId,
        after: change.fields,
        event: { changeId: change.id, resellerId },
      });
      await em.flush();
      return { ...companyOf(held), pending: changeRow(change), version: held.profile.version };
    }
    await em.flush();
    return { ...companyOf(held), pending: waiting && changeRow(waiting), version: held.profile.version };
  },
});
