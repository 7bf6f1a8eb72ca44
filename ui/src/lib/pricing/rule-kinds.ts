import type { PriceRuleRow, StoredChange } from '#lib/api/contract.ts';

type Of<Kind> = Extract<NonNullable<StoredChange['after']>, Kind>;
export type DiscountRule = Of<{ bp: number; for: unknown }>;
type BookRule = Of<{ price: unknown; for: unknown }>;
export type FloorRule = Of<{ minPrice: unknown }>;
export type Rule = PriceRuleRow['rule'];

export const isDiscount = (rule: object): rule is DiscountRule => 'bp' in rule;
export const isBook = (rule: object): rule is BookRule => 'price' in rule;
export const isFloor = (rule: object): rule is FloorRule => 'minPrice' in rule;
