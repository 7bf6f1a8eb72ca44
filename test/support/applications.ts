import type { ServiceContext } from '../../server/context.ts';
import { getApplication } from '../../server/modules/application/get.ts';
import { saveDraft } from '../../server/modules/application/save-draft.ts';
import { submitApplication } from '../../server/modules/application/submit.ts';
import { getSettings } from '../../server/modules/settings/get.ts';
import type { SectionName } from '../../server/modules/settings/sections/index.ts';
import { updateSettings } from '../../server/modules/settings/update.ts';
import { adminPermissions, clientPermissions } from '../../server/permissions.ts';
import type { Installation } from './installation.ts';

const DAY_MS = 86_400_000;

/** Answers that the shipped form takes. */
export const GOOD = {
  businessName: 'Harbour Hosting GmbH',
  registrationNumber: 'HRB 12345',
  taxId: 'DE 136695976',
  description: 'Shops on small servers',
};

export const later = (ctx: ServiceContext, days: number): ServiceContext => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + days * DAY_MS),
});

/** What tests of applications do with an installation: it is asked for when it runs. */
export function applicationsOf(installation: () => Installation) {
  const shown = async (section: SectionName) => (await getSettings(installation().admin(), { section })).rows[0]!;
  async function save(section: SectionName, values: Record<string, unknown>) {
    const { version } = await shown(section);
    return updateSettings(installation().admin(), { section, version, values });
  }
  /** A client of the sandbox: "1", "2" and "3" are its people. */
  function client(hostClientId = '3'): ServiceContext {
    const who = `client:${hostClientId}`;
    const actor = { kind: 'client', id: who, name: who, hostClientId, permissions: clientPermissions } as const;
    return installation().service.context(actor);
  }
  const formVersion = async () => (await shown('form')).version;
  let form: Record<string, unknown>;
  return {
    save,
    client,
    formVersion,
    admin: (name: string): ServiceContext =>
      installation().service.context({ kind: 'admin', id: `admin:${name}`, name, permissions: adminPermissions }),
    async apply(ctx = client(), answers: Record<string, unknown> = GOOD) {
      const draft = await saveDraft(ctx, { version: null, answers: {} });
      const { version } = draft;
      return submitApplication(ctx, { version, formVersion: await formVersion(), answers: answers as never });
    },
    actions: async (id: string) =>
      (await getApplication(installation().admin(), { id })).history.map(({ action }) => action),
    /** Without applications and resellers, with open applications and the shipped form. */
    async reset() {
      form ??= (await shown('form')).values;
      const { em } = installation().admin();
      for (const table of ['application', 'price_assignment', 'price_lock', 'service', 'reseller_profile', 'reseller'])
        await em.execute(`delete from ${table}`);
      await save('form', form);
      await save('applications', { open: true, countries: [], reapplyDays: 30, automatic: { mode: 'off' } });
    },
  };
}
