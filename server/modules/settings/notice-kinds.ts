/** Every notice there is, with the names its text may use in braces. */
export const noticeKinds = {
  application_received: ['company', 'provider'],
  application_information_requested: ['company', 'provider', 'message', 'days'],
  application_reminder: ['company', 'provider', 'message', 'days'],
  application_approved: ['company', 'provider', 'message', 'tier'],
  application_rejected: ['company', 'provider', 'message', 'reapplyOn'],
  application_expired: ['company', 'provider'],
  order_paid: ['company', 'provider', 'order', 'customer', 'amount'],
  setup_failed: ['company', 'provider', 'service', 'customer'],
  price_rise: ['company', 'provider', 'from', 'products'],
  tier_changed: ['company', 'provider', 'tier', 'previousTier'],
  statement_ready: ['company', 'provider', 'month', 'currency', 'closing'],
  status_changed: ['company', 'provider', 'status', 'reason'],
  webhook_off: ['company', 'provider', 'endpoint'],
} as const satisfies Record<string, readonly string[]>;
export type NoticeKind = keyof typeof noticeKinds;
