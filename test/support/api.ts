import { z } from 'zod';

interface Media {
  schema: object;
}
export interface Operation {
  tags: string[];
  operationId: string;
  parameters?: { name: string; in: 'query' | 'path' | 'header'; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, object> };
}
export interface Answer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}
type Asked = { body?: unknown; as?: string; [header: string]: unknown };

/** Asks as a program would, and checks each answer against the served OpenAPI file: nothing more, nothing less. */
export interface ApiClient {
  openapi: OpenApi;
  ask(method: string, path: string, more?: Asked): Promise<Answer>;
  /** Operations with one of these tags that have not answered with success yet. */
  unanswered(tags: readonly string[]): string[];
}

/** @throws Error at an answer that is not in the OpenAPI file */
export async function apiClient(serviceUrl: string, key: string): Promise<ApiClient> {
  const openapi = (await (await fetch(`${serviceUrl}/api/v1/openapi.json`)).json()) as OpenApi;
  const check = answerCheck(openapi);
  const answered = new Set<string>();
  return {
    openapi,
    ask: async (method, path, { body, as = key, ...headers } = {}) => {
      const response = await fetch(`${serviceUrl}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${as}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(headers as Record<string, string>),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = { status: response.status, headers: response.headers, body: await response.json() };
      const pattern = patternOf(openapi, method.toLowerCase(), path);
      check(method.toLowerCase(), pattern, answer);
      if (answer.status < 400) answered.add(`${method.toLowerCase()} ${pattern}`);
      return answer;
    },
    unanswered: (tags) =>
      Object.entries(openapi.paths).flatMap(([path, operations]) =>
        Object.entries(operations)
          .filter(([, { tags: own }]) => own.some((tag) => tags.includes(tag)))
          .map(([method]) => `${method} ${path}`)
          .filter((operation) => !answered.has(operation)),
      ),
  };
}

function patternOf({ paths }: OpenApi, method: string, path: string): string {
  const bare = path.split('?')[0]!;
  const known = (pattern: string) => new RegExp(`^${pattern.replace('{id}', '[^/]+')}$`).test(bare);
  const patterns = Object.keys(paths).filter((pattern) => known(pattern) && paths[pattern]![method]);
  const pattern = patterns.find((one) => !one.includes('{id}')) ?? patterns[0];
  if (pattern === undefined) throw new Error(`${method} ${path} is not in the OpenAPI file.`);
  return pattern;
}

/** A check of answers; schemas are made once for each operation and status. @throws Error with what does not fit */
export function answerCheck({ paths, components }: OpenApi): (method: string, pattern: string, answer: Answer) => void {
  const schemas = new Map<string, z.ZodType>();
  return (method, pattern, { status, headers, body }) => {
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    const name = `${method} ${pattern} ${status} ${type}`;
    let schema = schemas.get(name);
    if (!schema) {
      const written = paths[pattern]![method]!.responses[String(status)]?.content?.[type]?.schema;
      if (!written) throw new Error(`${name} is not in the OpenAPI file: ${JSON.stringify(body).slice(0, 500)}`);
      schema = z.fromJSONSchema(strict(written, components) as never);
      schemas.set(name, schema);
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new Error(`${name}: ${parsed.error.message}`);
  };
}

/** The schema with its parts in place and every object closed: a field that is not in the file is a difference. */
function strict(schema: unknown, components: OpenApi['components']): unknown {
  if (Array.isArray(schema)) return schema.map((one) => strict(one, components));
  if (schema === null || typeof schema !== 'object') return schema;
  if ('$ref' in schema) return strict(components.schemas?.[String(schema.$ref).split('/').at(-1)!], components);
  const closed = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, strict(value, components)]));
  return 'properties' in closed && !('additionalProperties' in closed)
    ? { ...closed, additionalProperties: false }
    : closed;
}
