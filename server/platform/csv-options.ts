import type { Options } from 'csv-stringify';

/** A number that may begin with a minus: it is no formula. */
export const plain = (text: string) => ({ plain: text });

/**
 * How every file of ours is written: UTF-8 with a byte order mark, quoted, and a cell that a spreadsheet would run as a
 * formula (it begins with = + - @ or a control sign) made harmless with an apostrophe.
 */
export function csvOptions(columns: string[]): Options {
  return {
    bom: true,
    header: true,
    columns,
    quoted: true,
    quoted_empty: true,
    escape_formulas: true,
    record_delimiter: '\r\n',
    cast: {
      object: (cell) => ({ value: (cell as unknown as ReturnType<typeof plain>).plain, escape_formulas: false }),
    },
  };
}
