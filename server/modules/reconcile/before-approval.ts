import type { Reseller } from '../reseller/entity.ts';

/**
 * True for what happened in the host before the client became a reseller: none of our orders, none of our revenue.
 * Hosts write whole seconds, so the second of the approval counts as after it.
 */
export function beforeApproval({ createdAt }: Reseller, moment: string): boolean {
  return Date.parse(moment) < Math.floor(createdAt.getTime() / 1000) * 1000;
}
