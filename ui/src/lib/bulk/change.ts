import type { BulkChange, Tiers } from '#lib/api/contract.ts';
import { t, type MessageKey } from '#lib/messages/index.svelte.ts';
import { percent } from '#lib/words.ts';

export type BulkKind = BulkChange['kind'];
export const BULK_KINDS: BulkKind[] = ['tier', 'discount', 'status', 'pin', 'tags', 'manager', 'api'];

/** What the form holds before it is a change. */
export interface BulkDraft {
  kind: BulkKind;
  tierId: string;
  /** Undefined while what was typed is no percentage; null inherits. */
  ownDiscountBp: number | null | undefined;
  status: 'active' | 'suspended' | 'inactive';
  publicReason: string;
  pinned: boolean;
  reason: string;
  add: string;
  remove: string;
  manager: string;
  apiEnabled: boolean;
}

const words = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

/** The change that the form means, or what is still missing. */
export function readChange(draft: BulkDraft): { change: BulkChange } | { missing: MessageKey } {
  switch (draft.kind) {
    case 'tier':
      return draft.tierId ? { change: { kind: 'tier', tierId: draft.tierId } } : { missing: 'bulkChange.tierMissing' };
    case 'discount':
      return draft.ownDiscountBp === undefined
        ? { missing: 'terms.ownError' }
        : { change: { kind: 'discount', ownDiscountBp: draft.ownDiscountBp } };
    case 'status':
      return draft.status === 'suspended' && draft.publicReason.trim() === ''
        ? { missing: 'status.reasonMissing' }
        : { change: { kind: 'status', status: draft.status, publicReason: draft.publicReason.trim() || null } };
    case 'pin':
      return { change: { kind: 'pin', pinned: draft.pinned, reason: draft.reason.trim() || null } };
    case 'tags': {
      const [add, remove] = [words(draft.add), words(draft.remove)];
      return add.length + remove.length === 0
        ? { missing: 'bulkChange.tagsMissing' }
        : { change: { kind: 'tags', add, remove } };
    }
    case 'manager':
      return { change: { kind: 'manager', manager: draft.manager.trim() || null } };
    case 'api':
      return { change: { kind: 'api', apiEnabled: draft.apiEnabled } };
  }
}

/** One side of a row of the dry run, in words. */
export function sideText(kind: BulkKind, value: unknown, tiers: Tiers | null): string {
  if (value === null || value === undefined || value === '') return t('bulkChange.none');
  if (kind === 'tier') return tiers?.rows.find(({ id }) => id === value)?.name ?? String(value);
  if (kind === 'discount') return percent(Number(value));
  if (kind === 'status') return t(`status.${value as 'active' | 'suspended' | 'inactive' | 'terminated'}`);
  if (typeof value === 'boolean') return t(value ? 'bulkChange.yes' : 'bulkChange.no');
  if (Array.isArray(value)) return value.join(', ') || t('bulkChange.none');
  return String(value);
}
