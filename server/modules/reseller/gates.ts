import type { ErrorCode } from '../../errors.ts';
import { type Permission, resellerPermissions } from '../../permissions.ts';
import type { ResellerStatus } from './schemas.ts';

/** What a status allows. */
interface Gate {
  /** Statuses that may follow. */
  next: readonly ResellerStatus[];
  /** Portal: everything, reading alone, or statements and activity for a while. */
  portal: 'full' | 'read' | 'records';
  /** New orders, quotes and changes of services: allowed (null), or how they are refused. */
  orders: ErrorCode | null;
  /** Calls with an API key: allowed (null), or how they are refused. Terminating revokes the keys as well. */
  api: ErrorCode | null;
  webhooks: 'sent' | 'stopped';
  /** What the host's own shop does: wholesale, a refusal with the public reason, or retail as for any client. */
  shop: 'wholesale' | 'refused' | 'retail';
  /** Running services and their renewals: go on at their locks, or as was chosen when terminating. */
  services: 'go_on' | 'as_chosen';
  payments: 'accepted';
  tierReviews: 'held' | 'paused' | 'none';
}

/** What each status allows: one table for the whole product (pricing.md rules 20 and 26). Terminated is final. */
export const gates: Record<ResellerStatus, Gate> = {
  active: {
    next: ['suspended', 'inactive', 'terminated'],
    portal: 'full',
    orders: null,
    api: null,
    webhooks: 'sent',
    shop: 'wholesale',
    services: 'go_on',
    payments: 'accepted',
    tierReviews: 'held',
  },
  suspended: {
    next: ['active', 'inactive', 'terminated'],
    portal: 'read',
    orders: 'reseller_suspended',
    api: 'reseller_suspended',
    webhooks: 'sent',
    shop: 'refused',
    services: 'go_on',
    payments: 'accepted',
    tierReviews: 'paused',
  },
  inactive: {
    next: ['active', 'suspended', 'terminated'],
    portal: 'read',
    orders: 'reseller_inactive',
    api: 'reseller_inactive',
    webhooks: 'sent',
    shop: 'refused',
    services: 'go_on',
    payments: 'accepted',
    tierReviews: 'paused',
  },
  terminated: {
    next: [],
    portal: 'records',
    orders: 'reseller_inactive',
    api: 'reseller_inactive',
    webhooks: 'stopped',
    shop: 'retail',
    services: 'as_chosen',
    payments: 'accepted',
    tierReviews: 'none',
  },
};

/** Statements and activity can be read for so long after termination. */
export const RECORDS_DAYS = 90;

const portalPermissions: Record<Gate['portal'], (name: Permission) => boolean> = {
  full: () => true,
  // Keys and endpoints have one permission for all: a status that lets read refuses every write by itself (verb.ts).
  read: (name) => name.endsWith(':read') || name.endsWith(':manage'),
  records: (name) => name === 'billing:read' || name === 'activity:read',
};

/** What a reseller's own people may do in the portal at this status. */
export function portalGate(status: ResellerStatus): ReadonlySet<Permission> {
  return new Set([...resellerPermissions].filter(portalPermissions[gates[status].portal]));
}

/** What a reseller's API keys may do at this status. */
export function apiGate(status: ResellerStatus): ReadonlySet<Permission> {
  return gates[status].api === null ? resellerPermissions : new Set();
}

/** How what the status does not allow is refused, with the provider's reason; null where nothing is held back. */
export function heldBack(
  status: ResellerStatus,
  publicReason: string | null,
): { code: ErrorCode; message: string } | null {
  const code = gates[status].orders;
  if (code === null) return null;
  // The reason is a sentence of the provider's, with or without its full stop.
  const reason = (publicReason ?? 'ask the provider').replace(/[.\s]+$/, '');
  return {
    code,
    message:
      status === 'suspended'
        ? `Your account is suspended: ${reason}. Running services go on.`
        : 'Your reseller account is not active. Ask the provider to reactivate it.',
  };
}

/** `given` without what the status holds back; the actor's parts of both. */
export function cutToGate(
  given: ReadonlySet<Permission>,
  gate: ReadonlySet<Permission>,
  status: ResellerStatus,
  publicReason: string | null,
) {
  const refusal = heldBack(status, publicReason);
  return {
    permissions: new Set([...given].filter((name) => gate.has(name))) as ReadonlySet<Permission>,
    ...(refusal
      ? { heldBack: { ...refusal, permissions: new Set([...given].filter((name) => !gate.has(name))) } }
      : {}),
  };
}

/** Statuses for which `holds` is true of the gate, for queries. */
export function statusesWhere(holds: (gate: Gate) => boolean): ResellerStatus[] {
  return (Object.keys(gates) as ResellerStatus[]).filter((status) => holds(gates[status]));
}
