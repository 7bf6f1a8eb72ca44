import { createRoute, z } from '@hono/zod-openapi';
import { problemCodes } from '../problem-codes.ts';
import type { Route } from './route.ts';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problemCodes)),
    detail: z.string(),
    path: z.string().optional(),
    requestId: z.string().optional(),
  })
  .openapi('Problem');

/** Refusals are alike everywhere: a stable code, what happened and what to do. */
export const problems = Object.fromEntries(
  ([400, 401, 403, 404, 409, 412, 413, 422, 428, 429, 503] as const).map((status) => [
    status,
    { description: 'A problem document (RFC 9457)', content: { 'application/problem+json': { schema: problem } } },
  ]),
);

const key = z
  .string()
  .min(8)
  .max(100)
  .openapi({ description: 'Made once per intention: the same request with the same key has its effect once' });
const ifMatch = z.string().openapi({ description: 'The ETag of the object as it was read', example: '"3"' });

/** A route for the OpenAPI file. */
export function describe(route: Route) {
  const { method, path, tag, summary, verb, query, body, answer, status = 200 } = route;
  const headers = {
    ...(method === 'post' ? { 'Idempotency-Key': route.keyNeeded ? key : key.optional() } : {}),
    ...(route.ifMatch ? { 'If-Match': ifMatch } : {}),
  };
  return createRoute({
    method,
    path,
    summary,
    tags: [tag],
    operationId: verb.procedure.replaceAll('.', '_'),
    description: verb.permission ? `Needs the scope \`${verb.permission}\`.` : 'Needs no scope.',
    security: [{ key: verb.permission ? [verb.permission] : [] }],
    request: {
      ...(path.includes('{id}') ? { params: z.object({ id: z.string().max(60) }) } : {}),
      ...(query ? { query } : {}),
      ...(Object.keys(headers).length > 0 ? { headers: z.object(headers) } : {}),
      ...(body ? { body: { content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: {
      [status]: { description: summary, content: { 'application/json': { schema: answer } } },
      ...problems,
    },
  });
}
