import type { CatalogueDisplay } from '../../../hooks/contract/index.ts';
import { compareBytes } from '../../../hooks/prices/byte-order.ts';
import { compareTerms } from '../../../hooks/prices/term.ts';

type Words = CatalogueDisplay['products'][number] | null;
interface Shape {
  readonly id: string;
  readonly option?: { readonly id: string; readonly type: string; readonly choice?: string } | undefined;
}
interface Line {
  readonly component: string;
  readonly term: string;
  readonly charge: 'price' | 'setup';
}

/**
 * The order in which people read the lines of a product; compiled lists have the order of their bytes. First the product
 * itself, then its options and their choices as the host shows them; short terms first; each setup fee below its price.
 */
export function readingOrder(words: Words, shapes: readonly Shape[]): (one: Line, other: Line) => number {
  const placeOf = ({ option }: Shape): number[] => {
    if (!option) return [-1, -1];
    const shown = words?.options.findIndex(({ id }) => id === option.id) ?? -1;
    const choices = words?.options[shown]?.choices ?? [];
    return [shown < 0 ? Number.MAX_SAFE_INTEGER : shown, choices.findIndex(({ id }) => id === option.choice)];
  };
  const places = new Map(shapes.map((shape) => [shape.id, placeOf(shape)]));
  return (one, other) => {
    const [option = 0, choice = 0] = places.get(one.component) ?? [];
    const [otherOption = 0, otherChoice = 0] = places.get(other.component) ?? [];
    return (
      option - otherOption ||
      choice - otherChoice ||
      compareBytes(one.component, other.component) ||
      compareTerms(one.term, other.term) ||
      compareBytes(one.charge, other.charge)
    );
  };
}
