import type { ResellerStatus } from '#lib/api/contract.ts';
import type { MessageKey } from '#lib/messages/index.svelte.ts';

interface Change {
  title: MessageKey;
  text: MessageKey;
  action: MessageKey;
  done: MessageKey;
  danger: boolean;
  /** The reseller is told why. */
  asksReason: boolean;
}

/** The dialogs of a reseller's state. Ending for good has a dialog of its own. */
export const CHANGES: Record<Exclude<ResellerStatus, 'terminated'>, Change> = {
  suspended: {
    title: 'suspend.title',
    text: 'suspend.text',
    action: 'suspend.action',
    done: 'suspend.done',
    danger: true,
    asksReason: true,
  },
  active: {
    title: 'lift.title',
    text: 'lift.text',
    action: 'lift.action',
    done: 'lift.done',
    danger: false,
    asksReason: false,
  },
  inactive: {
    title: 'deactivate.title',
    text: 'deactivate.text',
    action: 'deactivate.action',
    done: 'deactivate.done',
    danger: true,
    asksReason: false,
  },
};
