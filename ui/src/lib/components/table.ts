/** A column of a `DataTable`, and its place when the table turns into cards. */
export interface Column {
  key: string;
  label: string;
  /** title and end share the first line; facts follow; full takes a line; hide leaves. */
  card: 'title' | 'end' | 'fact' | 'full' | 'hide';
  /** Numbers and money stand at the end. */
  end?: boolean;
  /** On a card: at the end of its line. */
  cardEnd?: boolean;
  /** On a card: the word before the value. */
  cardLabel?: string;
  /** Third rank: leaves below 1180 px. */
  third?: boolean;
  sortable?: boolean;
  /** Stands before the row's link: the box that chooses the row. */
  leading?: boolean;
  hiddenLabel?: boolean;
}
