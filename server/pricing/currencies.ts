import type { CatalogueMeta } from './formats/catalogue.ts';

/** Digits after the point by currency code (rule 2). */
export function digitsByCurrency(meta: CatalogueMeta): Map<string, number> {
  return new Map(meta.currencies.map(({ code, digits }) => [code, digits]));
}
