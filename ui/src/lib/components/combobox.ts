/** A suggestion of a `Combobox`. */
export interface Choice {
  id: string;
  title: string;
  sub?: string;
  /** At the end of the row, for instance why it cannot be chosen. */
  note?: string;
  disabled?: boolean;
}
