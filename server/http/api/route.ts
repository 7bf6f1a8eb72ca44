import { z } from '@hono/zod-openapi';
import type { Verb } from '../../verb.ts';

/** What a request brought, parsed as far as HTTP goes. */
export interface Parts {
  /** The last part of the path's pattern, where it has one. */
  id: string;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  /** From If-Match. */
  version: number;
  /** From Idempotency-Key; empty when none was sent. */
  key: string;
}

/** One operation of the API: a verb, and how HTTP is turned into its input and its output into an answer. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With {id} for the object's id. */
  path: string;
  tag: string;
  summary: string;
  verb: Verb;
  query?: z.ZodObject;
  body?: z.ZodType;
  input: (parts: Parts) => object;
  /** What goes out of the verb's output, shaped as `answer` says; left out = the output itself. */
  output?: (output: never) => unknown;
  /** Keeps everything else inside. */
  answer: z.ZodType;
  status?: 200 | 201;
  /** If-Match is asked for and becomes the verb's version. */
  ifMatch?: true;
  /** The request cannot do without an Idempotency-Key; the verb keeps to it itself. */
  keyNeeded?: true;
  /** Fields that are shown once and never stored: null when the request is repeated. */
  shownOnce?: readonly string[];
}

/** Keeps the verb's types where a route is written down, and forgets them where all routes are handled alike. */
export function route<Input extends z.ZodType, Output>(
  definition: Omit<Route, 'verb' | 'input' | 'output'> & {
    verb: Verb<Input, Output>;
    input: (parts: Parts) => { [Field in keyof z.input<Input>]?: unknown };
    output?: (output: Output) => unknown;
  },
): Route {
  return definition as unknown as Route;
}

/** Query of a list. */
export const paged = {
  cursor: z.string().max(600).optional().openapi({ description: 'nextCursor of the page before' }),
  limit: z.coerce.number().int().min(1).max(100).optional().openapi({ description: 'rows of a page, 25 by default' }),
};
export const flag = z.enum(['true', 'false']).optional();
/** An id to filter by. */
export const idFilter = z.string().max(60).optional();

/** Several of a closed set in one parameter, with commas between them. */
export const listOf = (names: readonly string[]) =>
  z.string().regex(new RegExp(`^(${names.join('|')})(,(${names.join('|')})){0,${names.length - 1}}$`), {
    error: `write one or more of ${names.join(', ')}, with commas between them`,
  });

/** A query with these flags as verbs take them. */
export function asBoolean(query: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  const flags = names.filter((name) => query[name] !== undefined).map((name) => [name, query[name] === 'true']);
  return { ...query, ...Object.fromEntries(flags) };
}

/** A verb's page as the API answers it. */
export const asPage = ({ rows, cursor, total }: { rows: unknown[]; cursor: string | null; total: number }) => ({
  data: rows,
  nextCursor: cursor,
  total,
});
