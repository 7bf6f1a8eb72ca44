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
  status_changed: ['company', 'provider', 'status', 'reason'],
  statement_ready: ['company', 'provider', 'month', 'currency', 'closing'],
  webhook_off: ['company', 'provider', 'endpoint'],
} as const satisfies Record<string, readonly string[]>;
export type NoticeKind = keyof typeof noticeKinds;
export const noticeKindNames = Object.keys(noticeKinds) as [NoticeKind, ...NoticeKind[]];

/** Which event of the outbox each notice tells of. */
export const kindOfEvent: Readonly<Record<string, NoticeKind>> = {
  'application.submitted': 'application_received',
  'application.information_requested': 'application_information_requested',
  'application.reminded': 'application_reminder',
  'application.approved': 'application_approved',
  'application.rejected': 'application_rejected',
  'application.expired': 'application_expired',
  'order.paid': 'order_paid',
  'service.setup_failed': 'setup_failed',
  'price_change.announced': 'price_rise',
  'reseller.terms_changed': 'tier_changed',
  'reseller.suspended': 'status_changed',
  'reseller.inactive': 'status_changed',
  'reseller.reactivated': 'status_changed',
  'reseller.terminated': 'status_changed',
  'statement.closed': 'statement_ready',
  'webhook_endpoint.switched_off': 'webhook_off',
};
