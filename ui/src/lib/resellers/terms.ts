import type { Tiers } from '#lib/api/contract.ts';
import { t } from '#lib/messages/index.svelte.ts';
import { percent } from '#lib/words.ts';

/** The terms of a reseller while they are edited. `undefined`: what was typed cannot be read. */
export interface Terms {
  tierId: string;
  ownDiscountBp: number | null | undefined;
}

/** What applies when these terms are saved, in words: an own discount wins, then the tier's, then the programme's. */
export function inherited(terms: Terms, tiers: Tiers): { bp: number; from: string } {
  const tier = tiers.rows.find((row) => row.id === terms.tierId);
  if (typeof terms.ownDiscountBp === 'number') return { bp: terms.ownDiscountBp, from: t('discount.own') };
  if (typeof tier?.discountBp === 'number')
    return { bp: tier.discountBp, from: t('discount.ofTier', { tier: tier.name }) };
  return { bp: tiers.programmeDiscountBp, from: t('discount.fromProgramme') };
}

/** "Gold 20 %" */
export function describe(terms: Terms, tiers: Tiers): string {
  const tier = tiers.rows.find((row) => row.id === terms.tierId);
  return `${tier?.name ?? ''} ${percent(inherited(terms, tiers).bp)}`;
}
