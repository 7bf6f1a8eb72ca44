/** What a component is (catalogue/1). */
export const COMPONENT_KINDS = ['base', 'option', 'addon', 'domain'] as const;
export type ComponentKind = (typeof COMPONENT_KINDS)[number];

/** The kinds of charge that rules speak of: any setup amount is `setup`, whatever its component (rule 7). */
export const CHARGE_KINDS = ['base', 'option', 'addon', 'domain', 'setup'] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

export type Charge = 'price' | 'setup';

/** The kind of a charge (rule 7). */
export function kindOfCharge(component: ComponentKind, charge: Charge): ChargeKind {
  return charge === 'setup' ? 'setup' : component;
}

/** The kinds a discount covers: its own list, or those that the programme switches on (rule 9). */
export function coveredKinds(kinds: readonly ChargeKind[] | null, applyTo: Record<ChargeKind, boolean>): ChargeKind[] {
  return CHARGE_KINDS.filter((kind) => (kinds === null ? applyTo[kind] : kinds.includes(kind)));
}
