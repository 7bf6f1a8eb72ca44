import Ban from '@lucide/svelte/icons/ban';
import Pencil from '@lucide/svelte/icons/pencil';
import Clock from '@lucide/svelte/icons/clock';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import type { ApiKey } from '#lib/api/contract.ts';
import type { MenuItem } from '#lib/components/menu.ts';
import { t } from '#lib/messages/index.svelte.ts';
import { session } from '#lib/session.svelte.ts';

export type KeyAct = 'edit' | 'extend' | 'rotate' | 'revoke';

/** What can be done with a key as it is now. One that was replaced can be kept for longer, or ended. */
export function actionsOf(key: ApiKey, act: (what: KeyAct) => void): MenuItem[] {
  if (session.blocked || !['active', 'replaced'].includes(key.status)) return [];
  const revoke = { label: t('keys.revoke'), icon: Ban, danger: true, act: () => act('revoke') };
  if (key.status === 'replaced') return [{ label: t('keys.extend'), icon: Clock, act: () => act('extend') }, revoke];
  return [
    { label: t('keys.edit'), icon: Pencil, act: () => act('edit') },
    { label: t('keys.rotate'), icon: RefreshCw, act: () => act('rotate') },
    revoke,
  ];
}
