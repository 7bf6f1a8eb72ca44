import { readFileSync } from 'node:fs';

/** An answer of a real FOSSBilling 0.8.5: HTTP status and body. Secrets are cut out. */
export interface Recording {
  status: number;
  response: { result: unknown; error: { message: string; code: number } | null };
}

const texts = new Map<string, string>();

/** Reads a recording by its name, e.g. "order.get.pending": a new copy each time. */
export function recording(name: string): Recording {
  const text = texts.get(name) ?? readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), 'utf8');
  texts.set(name, text);
  return JSON.parse(text) as Recording;
}

export type Shape = Record<string, unknown>;

/** The result of a recording of one object: every field the host sends, to build others from. */
export function shapeOf(name: string): Shape {
  return recording(name).response.result as Shape;
}

/** The entries of a recorded list. */
export function listOf(name: string): Shape[] {
  return (recording(name).response.result as { list: Shape[] }).list;
}
