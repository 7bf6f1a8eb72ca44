import { compareTerms } from '../../../../hooks/prices/term.ts';
import type { BookPage } from '#lib/api/contract.ts';
import { t } from '#lib/messages/index.svelte.ts';
import type { GridRow } from './rows.ts';

type Line = BookPage['rows'][number]['lines'][number];

/** Short terms first, one time last. */
export const sortTerms = (terms: readonly string[]): string[] => terms.toSorted(compareTerms);

/** The lines of a page in the order of the sorted terms. */
export function rowsOfPage(page: BookPage, terms: readonly string[]): GridRow[] {
  const places = terms.map((term) => page.terms.indexOf(term));
  return page.rows.flatMap(({ product, title, lines }) => {
    const own = (line: Line): number => Number(line.component !== 'base');
    return lines
      .toSorted((a, b) => own(a) - own(b))
      .map((line, index) => ({
        id: [product, line.component, line.charge].join('\t'),
        product,
        productTitle: title,
        component: line.component,
        charge: line.charge,
        name: lineName(line, title),
        first: index === 0,
        cells: places.map((place) => line.cells[place] ?? null),
      }));
  });
}

function lineName({ title, charge }: Line, product: string): string {
  if (title === product) return t(charge === 'setup' ? 'line.setup' : 'book.basePrice');
  return charge === 'setup' ? t('book.setupOf', { line: title }) : title;
}
