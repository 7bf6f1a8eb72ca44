import Eye from '@lucide/svelte/icons/eye';
import KeyRound from '@lucide/svelte/icons/key-round';
import Pause from '@lucide/svelte/icons/pause';
import Pencil from '@lucide/svelte/icons/pencil';
import Play from '@lucide/svelte/icons/play';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Trash from '@lucide/svelte/icons/trash-2';
import type { Webhook } from '#lib/api/contract.ts';
import type { MenuItem } from '#lib/components/menu.ts';
import { t } from '#lib/messages/index.svelte.ts';
import { session } from '#lib/session.svelte.ts';

export type WebhookAct = 'edit' | 'test' | 'pause' | 'resume' | 'replay' | 'reveal' | 'rotate' | 'remove';

/** What can be done with an endpoint as it is now. */
export function actionsOf(endpoint: Webhook, act: (what: WebhookAct) => void): MenuItem[] {
  if (session.blocked) return [];
  const item = (what: WebhookAct, icon: MenuItem['icon'], danger = false): MenuItem => ({
    label: t(`webhooks.${what}`),
    icon,
    danger,
    act: () => act(what),
  });
  return [
    item('edit', Pencil),
    ...(endpoint.active ? [item('replay', RotateCcw), item('pause', Pause)] : [item('resume', Play)]),
    item('reveal', Eye),
    item('rotate', KeyRound),
    item('remove', Trash, true),
  ];
}
