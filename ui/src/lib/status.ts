import type { MessageKey } from './messages/index.svelte.ts';

/** The one table of states (screens.md 1.3): what each is called, who must act, and its mark. */
export type Tone = 'success' | 'info' | 'warning' | 'danger' | 'neutral';
export type Mark = 'check' | 'clock' | 'pause' | 'alert' | 'stop' | 'end' | 'draft' | 'refund' | 'progress';

export interface Status {
  label: MessageKey;
  admin: Tone;
  portal: Tone;
  mark: Mark;
}

const state = (label: MessageKey, admin: Tone, portal: Tone, mark: Mark): Status => ({ label, admin, portal, mark });

export const STATUS = {
  check: {
    ok: state('status.checkOk', 'success', 'success', 'check'),
    warn: state('status.checkWarn', 'warning', 'warning', 'alert'),
    fail: state('status.checkFail', 'danger', 'danger', 'stop'),
    skip: state('status.checkSkip', 'neutral', 'neutral', 'end'),
    unknown: state('status.checkUnknown', 'neutral', 'neutral', 'clock'),
  },
  application: {
    draft: state('status.draft', 'neutral', 'neutral', 'draft'),
    submitted: state('status.waitingForReview', 'warning', 'info', 'clock'),
    info_requested: state('status.informationRequested', 'info', 'warning', 'progress'),
    answered: state('status.answered', 'warning', 'info', 'clock'),
    approved: state('status.approved', 'success', 'success', 'check'),
    rejected: state('status.rejected', 'neutral', 'danger', 'stop'),
    withdrawn: state('status.withdrawn', 'neutral', 'neutral', 'end'),
    expired: state('status.closedNoAnswer', 'neutral', 'neutral', 'end'),
  },
  standing: {
    holding: state('status.holding', 'neutral', 'neutral', 'check'),
    upgrade_ready: state('status.upgradeReady', 'success', 'success', 'clock'),
    at_risk: state('status.atRisk', 'warning', 'warning', 'alert'),
    pinned: state('status.pinned', 'info', 'info', 'pause'),
  },
  reseller: {
    active: state('status.active', 'success', 'success', 'check'),
    suspended: state('status.suspended', 'danger', 'danger', 'pause'),
    inactive: state('status.inactive', 'neutral', 'warning', 'stop'),
    terminated: state('status.terminated', 'neutral', 'neutral', 'end'),
  },
  order: {
    draft: state('status.draft', 'neutral', 'neutral', 'draft'),
    placing: state('status.placing', 'info', 'info', 'progress'),
    pending: state('status.pendingPayment', 'info', 'warning', 'clock'),
    paid: state('status.paid', 'success', 'success', 'check'),
    not_accepted: state('status.notAccepted', 'danger', 'danger', 'alert'),
    cancelled: state('status.cancelled', 'neutral', 'neutral', 'end'),
    refunded: state('status.refunded', 'neutral', 'neutral', 'refund'),
    part_refunded: state('status.partRefunded', 'neutral', 'neutral', 'refund'),
  },
  customer: {
    active: state('status.active', 'success', 'success', 'check'),
    archived: state('customers.archived', 'neutral', 'neutral', 'end'),
  },
  service: {
    pending: state('status.settingUp', 'info', 'info', 'progress'),
    setup_failed: state('status.setupFailed', 'danger', 'danger', 'alert'),
    active: state('status.active', 'success', 'success', 'check'),
    ending: state('status.ending', 'info', 'warning', 'clock'),
    suspended: state('status.suspended', 'danger', 'danger', 'pause'),
    cancelled: state('status.cancelled', 'neutral', 'neutral', 'end'),
  },
  invoice: {
    draft: state('status.draft', 'neutral', 'neutral', 'draft'),
    unpaid: state('status.unpaid', 'info', 'warning', 'clock'),
    overdue: state('status.overdue', 'danger', 'danger', 'alert'),
    part_paid: state('status.partPaid', 'warning', 'warning', 'clock'),
    paid: state('status.paid', 'success', 'success', 'check'),
    part_refunded: state('status.partRefunded', 'neutral', 'neutral', 'refund'),
    refunded: state('status.refunded', 'neutral', 'neutral', 'refund'),
    cancelled: state('status.cancelled', 'neutral', 'neutral', 'end'),
  },
  price_version: {
    draft: state('status.draft', 'neutral', 'neutral', 'draft'),
    scheduled: state('status.scheduled', 'info', 'info', 'clock'),
    live: state('status.live', 'success', 'success', 'check'),
    replaced: state('status.replaced', 'neutral', 'neutral', 'end'),
    withdrawn: state('status.withdrawn', 'neutral', 'neutral', 'end'),
    discarded: state('status.discarded', 'neutral', 'neutral', 'end'),
  },
  api_key: {
    active: state('status.active', 'success', 'success', 'check'),
    expiring: state('status.expiring', 'warning', 'warning', 'clock'),
    replaced: state('status.replacedKey', 'info', 'warning', 'progress'),
    expired: state('status.expired', 'neutral', 'neutral', 'end'),
    revoked: state('status.revoked', 'neutral', 'neutral', 'end'),
  },
  webhook: {
    active: state('status.active', 'success', 'success', 'check'),
    paused: state('status.paused', 'neutral', 'neutral', 'pause'),
    failing: state('status.failingSince', 'info', 'warning', 'alert'),
    disabled: state('status.switchedOff', 'warning', 'danger', 'stop'),
  },
  delivery: {
    queued: state('status.queued', 'info', 'info', 'clock'),
    delivered: state('status.delivered', 'success', 'success', 'check'),
    retrying: state('status.retrying', 'info', 'warning', 'progress'),
    failed: state('status.gaveUp', 'warning', 'danger', 'alert'),
    stopped: state('status.notSent', 'neutral', 'neutral', 'stop'),
  },
  ticket: {
    open: state('status.ticketOpen', 'warning', 'info', 'clock'),
    answered: state('status.ticketAnswered', 'info', 'warning', 'check'),
    on_hold: state('status.ticketOnHold', 'neutral', 'neutral', 'pause'),
    closed: state('status.ticketClosed', 'neutral', 'neutral', 'end'),
  },
} as const satisfies Record<string, Record<string, Status>>;

export type StatusObject = keyof typeof STATUS;

/** The entry of a state; a state that is newer than this build is shown as it is named, without colour. */
export function statusOf(object: StatusObject, value: string): Status | null {
  const table: Record<string, Status> = STATUS[object];
  return table[value] ?? null;
}
