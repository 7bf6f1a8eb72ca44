import type { Tier } from '../tier/entity.ts';
import { effectiveDiscount } from '../reseller/effective-discount.ts';
import { gates } from '../reseller/gates.ts';
import type { ResellerStatus } from '../reseller/schemas.ts';
import type { BulkChange, BulkDetail } from './schemas.ts';

/** What a plan is made from. */
export interface Facts {
  company: string;
  status: ResellerStatus;
  tierId: string;
  ownDiscountBp: number | null;
  apiEnabled: boolean;
  pinned: boolean;
  tags: string[];
  manager: string | null;
  versions: BulkDetail['versions'];
}

export interface Plan {
  detail: BulkDetail;
  outcome: 'would_change' | 'unchanged' | 'refused';
  message: string | null;
}

/** What a change would do to one reseller, without doing any of it. */
export function plan(facts: Facts, change: BulkChange, tiers: Tier[], programmeBp: number): Plan {
  const rate = (tierId: string, own: number | null): number =>
    effectiveDiscount(own, tiers.find(({ id }) => id === tierId)?.discountBp ?? null, programmeBp).effectiveDiscountBp;
  const now = rate(facts.tierId, facts.ownDiscountBp);
  const { before, after, refusal } = effect(facts, change);
  const terms = { tierId: facts.tierId, ownDiscountBp: facts.ownDiscountBp };
  if (change.kind === 'tier') terms.tierId = change.tierId;
  if (change.kind === 'discount') terms.ownDiscountBp = change.ownDiscountBp;
  return {
    detail: {
      company: facts.company,
      versions: facts.versions,
      before,
      after,
      discountBp: { before: now, after: rate(terms.tierId, terms.ownDiscountBp) },
    },
    outcome: refusal ? 'refused' : JSON.stringify(before) === JSON.stringify(after) ? 'unchanged' : 'would_change',
    message: refusal,
  };
}

function effect(facts: Facts, change: BulkChange): { before: unknown; after: unknown; refusal: string | null } {
  const over = facts.status === 'terminated' ? 'It is terminated.' : null;
  switch (change.kind) {
    case 'tier':
      return { before: facts.tierId, after: change.tierId, refusal: over };
    case 'discount':
      return { before: facts.ownDiscountBp, after: change.ownDiscountBp, refusal: over };
    case 'status': {
      const may = facts.status === change.status || gates[facts.status].next.includes(change.status);
      const refusal = may ? null : `A reseller that is ${facts.status} cannot become ${change.status}.`;
      return { before: facts.status, after: change.status, refusal };
    }
    case 'pin':
      return { before: facts.pinned, after: change.pinned, refusal: over };
    case 'tags':
      return { before: facts.tags, after: tagsAfter(facts.tags, change), refusal: null };
    case 'manager':
      return { before: facts.manager, after: change.manager, refusal: null };
    case 'api':
      return { before: facts.apiEnabled, after: change.apiEnabled, refusal: over };
  }
}

/** Tags with some added and some taken away. */
export function tagsAfter(tags: string[], { add, remove }: { add: string[]; remove: string[] }): string[] {
  return [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add])];
}
