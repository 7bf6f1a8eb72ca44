import { api } from '#lib/api/client.ts';
import type { PriceChange, PriceRuleRow, PriceVersionRow } from '#lib/api/contract.ts';
import { t } from '#lib/messages/index.svelte.ts';

export type RuleKind = PriceRuleRow['kind'];

/** The draft that edits go into: the newest open one; null when none is open. */
export async function findDraft(): Promise<PriceVersionRow | null> {
  const { rows } = await api().prices.versions.query({ states: ['draft'], limit: 1 });
  return rows[0] ?? null;
}

/** Puts changes into the open draft, or into a new one. Nothing that resellers pay changes by it. */
export async function putInDraft(changes: PriceChange[], draft: PriceVersionRow | null): Promise<void> {
  const { id, version } = draft ?? (await api().prices.createDraft.mutate({ name: t('version.newName') }));
  await api().prices.saveChanges.mutate({ id, version, changes });
}

/** Takes a rule out of the draft again: it stays as it is published. */
export async function takeOutOfDraft(draft: PriceVersionRow, kind: RuleKind, ruleId: string): Promise<void> {
  const { id, version } = draft;
  await api().prices.saveChanges.mutate({ id, version, resets: [{ kind, id: ruleId }] });
}
