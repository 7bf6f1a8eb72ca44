import { CsvError } from 'csv-parse/sync';
import { z } from 'zod';
import { type CsvLine, readCsv, writeCsv } from '../../csv.ts';
import { ServiceError } from '../../errors.ts';
import { checkChanges, type RuleChange, ruleIndex } from '../../pricing/rule-changes.ts';
import { verb } from '../../verb.ts';
import { completeChange, type Current, resellerOf, unknownResellers } from './complete-changes.ts';
import { changeKey, changeOfLine, columnOf, COLUMNS, type CsvKind, lineOfRule } from './csv-columns.ts';
import { changesOf, loadForChange } from './find.ts';
import { loadBase } from './judge.ts';
import { countChanges, versionRow } from './row.ts';
import { rulesOf } from './rules-of.ts';
import { keepChanges } from './save-changes.ts';
import { changeInput } from './schemas.ts';

const kind = z.enum(['discount', 'book', 'floor']);
/** Larger files are refused whole. */
const MOST_LINES = 10_000;

/** What is wrong with a line of the file; `column` is "" when it is the line as a whole. */
export interface LineError {
  line: number;
  column: string;
  message: string;
}

/**
 * Reads rules of one kind from a CSV file into a draft. A dry run (the default) writes nothing and answers every line that
 * does not fit; for real it is all lines or none. Lines with an id change that rule, others add one.
 * @throws not_found, conflict, bad_input for a file that is no CSV, or with errors in it
 */
export const importRules = verb({
  procedure: 'prices.importCsv',
  permission: 'prices:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    kind,
    csv: z.string().max(5_000_000, 'the file is larger than 5 MB: split it'),
    dryRun: z.boolean().default(true),
  }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const draft = await loadForChange(ctx, input.id, input.version);
    const lines = readLines(input.csv, input.kind);
    const base = await loadBase(em, draft, ctx.now);
    const published = ruleIndex(base.rules);
    const held = new Map((await changesOf(em, draft.id)).map((change) => [changeKey(change), change]));
    const current: Current = (of, id) => {
      const change = held.get(`${of} ${id}`);
      return change ? change.after : published(of, id);
    };
    const { changes, lineOf, errors } = readChanges(input.kind, lines, current);
    const unknown = await unknownResellers(em, changes);
    for (const change of changes) {
      if (!unknown.has(resellerOf(change) ?? '')) continue;
      const line = lineOf.get(changeKey(change)) ?? 0;
      errors.push({ line, column: 'reseller', message: `There is no reseller "${resellerOf(change)}".` });
    }
    const all = new Map<string, RuleChange>([
      ...held,
      ...changes.map((change) => [changeKey(change), change] as const),
    ]);
    for (const error of checkChanges(base.catalogue, base.rules, [...all.values()])) {
      const line = lineOf.get(changeKey(error));
      if (line !== undefined) errors.push({ line, column: columnOf(error.path), message: error.message });
    }
    const [first] = errors.toSorted((left, right) => left.line - right.line);
    if (!input.dryRun && first) {
      throw new ServiceError('bad_input', `Line ${first.line}: ${first.message}`, '/csv');
    }
    const fresh = changes.filter(({ id }) => current(input.kind, id) === null).length;
    if (!input.dryRun) await keepChanges(ctx, draft, changes, published);
    return {
      ...versionRow(draft, (await countChanges(em, [draft.id]))(draft.id)),
      dryRun: input.dryRun,
      lines: lines.length,
      added: fresh,
      changed: changes.filter(({ after }) => after !== null).length - fresh,
      removed: changes.filter(({ after }) => after === null).length,
      errors: errors.toSorted((left, right) => left.line - right.line),
    };
  },
});

function readLines(csv: string, of: CsvKind): CsvLine[] {
  let lines: CsvLine[];
  try {
    lines = readCsv(csv);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ServiceError('bad_input', `This is no CSV file: ${error.message}`, '/csv');
  }
  const known: readonly string[] = COLUMNS[of];
  const strange = Object.keys(lines[0]?.fields ?? {}).filter((name) => !known.includes(name));
  if (strange.length > 0) {
    const message = `The columns ${strange.join(', ')} are not known. Use: ${known.join(', ')}.`;
    throw new ServiceError('bad_input', message, '/csv');
  }
  if (lines.length === 0) throw new ServiceError('bad_input', 'The file has no lines below its header.', '/csv');
  if (lines.length > MOST_LINES) {
    throw new ServiceError('bad_input', `The file has more than ${MOST_LINES} lines: split it.`, '/csv');
  }
  return lines;
}

function readChanges(of: CsvKind, lines: CsvLine[], current: Current) {
  const errors: LineError[] = [];
  const changes: RuleChange[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, fields } of lines) {
    const parsed = changeInput.safeParse(changeOfLine(of, fields));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const column = columnOf(`/${issue?.path.join('/') ?? ''}`);
      errors.push({ line, column, message: `${column || 'The line'}: ${issue?.message ?? 'does not fit'}` });
      continue;
    }
    try {
      const change = completeChange(parsed.data, current, '');
      const twice = lineOf.get(changeKey(change));
      if (twice !== undefined) errors.push({ line, column: 'id', message: `Line ${twice} changes this rule already.` });
      lineOf.set(changeKey(change), line);
      changes.push(change);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({ line, column: columnOf(error.path ?? ''), message: error.message });
    }
  }
  return { changes, lineOf, errors };
}

/** The rules of one kind as a CSV file, as they hold now or as a draft would have them. It can be imported again. @throws not_found */
export const exportRules = verb({
  procedure: 'prices.exportCsv',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({ kind, versionId: z.string().max(60).optional() }),
  run: async ({ em, now }, input) => {
    const { rules } = await rulesOf({ em, now }, input.versionId);
    const list = { discount: rules.discounts, book: rules.books, floor: rules.floors }[input.kind];
    return {
      name: `${input.kind === 'book' ? 'price-book' : input.kind}s.csv`,
      csv: writeCsv<string>(COLUMNS[input.kind], list.map(lineOfRule)),
    };
  },
});
