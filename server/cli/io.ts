import type { CommandIo } from './prices.ts';

/** Where a command writes and how it ends; tests give their own. */
export type Io = CommandIo;

/** The one JSON document of a command. */
export function printJson(io: Io, document: unknown): void {
  io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
