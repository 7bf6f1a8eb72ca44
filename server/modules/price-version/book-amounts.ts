import { z } from 'zod';
import { minorUnits } from '../../../hooks/prices/money.ts';
import { divideHalfAway } from '../../../hooks/prices/round.ts';
import { parseTerm } from '../../../hooks/prices/term.ts';
import { formatAmount } from '../../money.ts';
import { basisPoints, term } from '../../pricing/formats/fields.ts';
import { discounted } from '../../pricing/round.ts';

/** What an edit does with its cells. Amounts as decimal text of the book's currency. */
export const bookOperation = z.discriminatedUnion('kind', [
  /** Each cell has its own amount; null inherits again. */
  z.object({ kind: z.literal('set') }),
  /** Retail less so many basis points. */
  z.object({ kind: z.literal('percent'), bp: basisPoints }),
  /** What is paid, more or less by an amount. */
  z.object({ kind: z.literal('add'), amount: z.string().max(40) }),
  /** What is paid, at the nearest amount whose last digit is 9; halfway goes up. */
  z.object({ kind: z.literal('nine') }),
  /** What is paid in another term, times the terms' lengths if asked for. */
  z.object({ kind: z.literal('copy'), fromTerm: term, byLength: z.boolean() }),
  /** Inherits again. */
  z.object({ kind: z.literal('clear') }),
]);
export type BookOperation = z.output<typeof bookOperation>;

/** Why a cell cannot have an amount; it does not stand in the way of others. */
export class CellError extends Error {}

/** What an operation goes out from; minor units. */
export interface CellAmounts {
  term: string;
  digits: number;
  retail: bigint;
  /** What is paid with the draft as it is. */
  wholesale: bigint;
  /** What is paid in the term that is copied from; null = not sold in it. */
  source: bigint | null;
}

/** The amount that an operation gives a cell, null to inherit; `asked` is the cell's own. @throws CellError */
export function newAmount(operation: BookOperation, asked: string | null, cell: CellAmounts): bigint | null {
  const { digits, retail, wholesale } = cell;
  switch (operation.kind) {
    case 'set':
      return asked === null ? null : readAmount(asked, digits);
    case 'percent':
      return discounted(retail, operation.bp);
    case 'add':
      return notNegative(wholesale + readAmount(operation.amount, digits, true), digits);
    case 'nine':
      return nearestNine(wholesale);
    case 'copy':
      return copied(operation, cell);
    case 'clear':
      return null;
  }
}

/** Exactly: what a person typed is never rounded. @throws CellError */
function readAmount(text: string, digits: number, mayBeNegative = false): bigint {
  if (!/^-?\d{1,12}(\.\d{1,8})?$/.test(text)) throw new CellError(`"${text}" is no amount such as 12.40.`);
  const minor = minorUnits(text, digits);
  if (minor === null) throw new CellError(`${text} has more than ${digits} decimal digits.`);
  return mayBeNegative ? minor : notNegative(minor, digits);
}

function notNegative(minor: bigint, digits: number): bigint {
  if (minor < 0n) throw new CellError(`${formatAmount(minor, digits)} would be below zero.`);
  return minor;
}

/** 7.23 is 7.19, 7.24 is 7.29: the nearest amount that ends in 9. Nothing is rounded to below zero. */
function nearestNine(minor: bigint): bigint {
  const up = divideHalfAway(minor - 9n, 10n) * 10n + 9n;
  return minor === 0n || up < 0n ? minor : up;
}

function copied({ fromTerm, byLength }: { fromTerm: string; byLength: boolean }, cell: CellAmounts): bigint {
  if (cell.source === null) throw new CellError(`It is not offered for ${fromTerm}.`);
  if (!byLength) return cell.source;
  const [from, to] = [parseTerm(fromTerm), parseTerm(cell.term)];
  if (from?.months && to?.months) return divideHalfAway(cell.source * BigInt(to.months), BigInt(from.months));
  if (from?.days && to?.days) return divideHalfAway(cell.source * BigInt(to.days), BigInt(from.days));
  throw new CellError(`${fromTerm} and ${cell.term} cannot be measured by each other. Copy without the length.`);
}
