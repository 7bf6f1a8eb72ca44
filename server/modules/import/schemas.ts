import { z } from 'zod';

/** Most rows in one import: each costs the host some calls. */
const MAX_ROWS = 1000;
const YES = new Set(['yes', 'y', 'true', '1', 'x']);
const NO = new Set(['', 'no', 'n', 'false', '0']);

const yesNo = z
  .union([z.boolean(), z.string()])
  .transform((given) => (typeof given === 'boolean' ? (given ? 'yes' : 'no') : given.trim().toLowerCase()))
  .refine((text) => YES.has(text) || NO.has(text), 'write yes or no')
  .transform((text) => YES.has(text));
const optionalText = (max: number) =>
  z.union([z.string().trim().max(max), z.null()]).transform((text) => (text === null || text === '' ? null : text));

/** One client of the host, and what it becomes: a CSV row has the same columns, a header with these names first. */
export const importRow = z.strictObject({
  /** Id or e-mail address of the host's client. */
  client: z.string().trim().min(1, 'enter the id or e-mail address of the client').max(320),
  as: z.enum(['reseller', 'customer'], 'write reseller or customer'),
  /** Left empty, the host's company or name is taken. */
  company: optionalText(200).default(null),
  /** Of resellers. */
  tier: optionalText(60).default(null),
  /** Own discount of resellers in percent, at most two decimals; empty = the tier's. */
  discount: optionalText(10)
    .refine(
      (text) => text === null || /^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/.test(text),
      'write percent from 0 to 100',
    )
    .default(null),
  /** Of customers: id or e-mail address of the client who is, or becomes, their reseller. */
  reseller: optionalText(320).default(null),
  /** Running services cost wholesale from their next renewal on; else they keep their price. */
  move_to_wholesale: yesNo.default(false),
});
export type ImportRow = z.output<typeof importRow>;

/** A row with the line of the file it stood in, and what is wrong with it already. */
export interface ReadRow {
  line: number;
  row: ImportRow | null;
  errors: RowError[];
}

export interface RowError {
  /** Name of the column; null when it is about the whole row. */
  column: string | null;
  message: string;
}

/** Either a file or clients that were chosen. */
export const importInput = z.union([
  z.strictObject({ csv: z.string().max(1024 * 1024, 'the file is larger than 1 MiB') }),
  z.strictObject({ rows: z.array(z.looseObject({})).min(1).max(MAX_ROWS) }),
]);
export type ImportInput = z.output<typeof importInput>;
export { MAX_ROWS };
