/** How an option is chosen. `required` of a quantity or flag is additive; a quantity with `min` above 0 is required. */
export type OptionShape =
  | { readonly id: string; readonly type: 'choice'; readonly choice: string; readonly required: boolean }
  | {
      readonly id: string;
      readonly type: 'quantity';
      readonly min: number;
      readonly max: number;
      readonly required?: boolean | undefined;
    }
  | { readonly id: string; readonly type: 'flag'; readonly required?: boolean | undefined };

/** A component of a product without its prices. */
export interface ComponentShape {
  readonly id: string;
  readonly kind: 'base' | 'option' | 'addon' | 'domain';
  readonly option?: OptionShape | undefined;
}

export type DomainAction = 'register' | 'renew' | 'transfer';

/** An order line as far as it decides the price. `action` is for domains only, `register` when it is left out. */
export interface LineToPrice {
  readonly term: string;
  readonly quantity: number;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly action?: DomainAction | undefined;
}

/** How often a component is charged in one unit of the line. */
export interface ChosenComponent {
  readonly component: string;
  readonly quantity: number;
}

/** What one unit of a line consists of. `renewal` is the component that renewals cost instead (domains, rule 15). */
export interface Selection {
  readonly chosen: readonly ChosenComponent[];
  readonly renewal: string | null;
}
