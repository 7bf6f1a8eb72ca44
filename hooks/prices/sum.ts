/** A component of a line: its recurring amount and its setup fee in minor units, and how often one unit holds it. */
export interface LinePart {
  readonly price: bigint;
  readonly setup: bigint;
  readonly quantity: number;
}

/** Sums of a line in minor units: for one unit, for the whole line, and the setup fees of the whole line. */
export interface LineSum {
  readonly unit: bigint;
  readonly price: bigint;
  readonly setup: bigint;
}

/**
 * Rule 3: unit = Σ component amount × component quantity; line = unit × line quantity. Setup fees are multiplied by
 * the line quantity only where the host does so. Sums are exact; nothing is rounded here.
 */
export function sumLine(parts: Iterable<LinePart>, quantity: number, setupPerQuantity: boolean): LineSum {
  let unit = 0n;
  let setup = 0n;
  for (const part of parts) {
    unit += part.price * BigInt(part.quantity);
    setup += part.setup * BigInt(part.quantity);
  }
  const times = BigInt(quantity);
  return { unit, price: unit * times, setup: setupPerQuantity ? setup * times : setup };
}
