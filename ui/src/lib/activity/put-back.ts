import { api } from '#lib/api/client.ts';
import type { ActivityRow, SettingsSection } from '#lib/api/contract.ts';
import type { Permission } from '../../../../server/permissions.ts';

/** How an entry's change is put back: by the very call that made it, as another change. */
export interface WayBack {
  /** What it changed was changed again since: putting it back would undo that as well. */
  overtaken: boolean;
  send: () => Promise<unknown>;
}
type Values = Record<string, unknown>;
interface Way {
  action: RegExp;
  permission: Permission;
  find: (id: string, before: Values, after: Values) => Promise<WayBack>;
}

const WAYS: readonly Way[] = [
  {
    action: /^settings\./,
    permission: 'settings:write',
    find: async (section, values) => {
      const now = (await api().settings.get.query({ section: section as SettingsSection })).rows[0];
      const version = now?.version ?? 0;
      const send = () => api().settings.update.mutate({ section: section as SettingsSection, version, values });
      return { overtaken: false, send };
    },
  },
  {
    // Company data and account; manager and tags.
    action: /^reseller\.(updated|filed)$/,
    permission: 'resellers:write',
    find: async (id, before, after) => {
      const now: Values & { version: number } = await api().resellers.details.query({ id });
      const text = (value: unknown): string => JSON.stringify(value ?? null);
      // Of an erased reseller nothing comes back.
      const held = now['anonymisedAt'] === null && Object.keys(before).every((at) => text(now[at]) === text(after[at]));
      return { overtaken: !held, send: () => api().resellers.update.mutate({ ...before, id, version: now.version }) };
    },
  },
  {
    action: /^tier\.(un)?pinned$/,
    permission: 'resellers:write',
    find: async (resellerId, { pinned }) => {
      const { version } = await api().resellers.get.query({ id: resellerId });
      // Where it is so already, the service says so.
      const send = () => api().tiers.pin.mutate({ resellerId, version, pinned: pinned === true });
      return { overtaken: false, send };
    },
  },
];

const isRecord = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** The way back from an entry, for who may take it; undefined where there is none. */
export function wayBack({ action, before, after, subject }: ActivityRow, can: (permission: Permission) => boolean) {
  const way = WAYS.find((one) => one.action.test(action));
  if (!way || !isRecord(before) || !can(way.permission)) return undefined;
  return () => way.find(subject.id, before, isRecord(after) ? after : {});
}
