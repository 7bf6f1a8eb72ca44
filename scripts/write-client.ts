import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiRoutes } from '../server/http/api.ts';
import type { HttpOptions } from '../server/http/app.ts';

/** The part of JSON Schema that the API's own file uses. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}
interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  schema: Schema;
}
interface Operation {
  summary: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/**
 * Writes what `reseller-plugin/client` is beside the compiled client: the operations of the OpenAPI file as types, and the
 * client with them. openapi-typescript does the like, and wants a TypeScript older than ours.
 */
export async function writeClient(dist: string): Promise<void> {
  const folder = join(dist, 'client');
  mkdirSync(folder, { recursive: true });
  const shared = "export { ApiProblem } from './problem.js';\n";
  writeFileSync(join(folder, 'index.js'), `${shared}export { createClient } from './client.js';\n`);
  writeFileSync(
    join(folder, 'index.d.ts'),
    `${shared}import type { Client, ClientOptions } from './client.js';
import type { Operations } from './operations.js';
export type { ClientOptions, Operations };
export type ApiClient = Client<Operations>;
/** A client of the reseller API, typed by its OpenAPI file. */
export declare function createClient(options: ClientOptions): ApiClient;
`,
  );
  writeFileSync(join(folder, 'operations.d.ts'), await operationTypes());
}

/** Every operation as a type: `'get /orders/{id}': { request: …; answer: … }`. */
export async function operationTypes(): Promise<string> {
  // The file is made from the routes alone; nothing of a running service is asked.
  const served = await apiRoutes({} as HttpOptions).request('/openapi.json');
  const { paths } = (await served.json()) as { paths: Record<string, Record<string, Operation>> };
  const lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) =>
        `  /** ${operation.summary} */\n  '${method} ${path}': { request: ${request(path, operation)}; answer: ${answer(operation)} };\n`,
    ),
  );
  return `/** Made from the OpenAPI file of this version. */\nexport interface Operations {\n${lines.join('')}}\n`;
}

function request(path: string, { parameters = [], requestBody }: Operation): string {
  const fields: string[] = [];
  if (path.includes('{id}')) fields.push('id: string');
  const query = parameters.filter((parameter) => parameter.in === 'query');
  if (query.length > 0) {
    const names = query.map(({ name, required, schema }) => `${name}${required ? '' : '?'}: ${typeOf(schema)}`);
    fields.push(`query${query.some(({ required }) => required) ? '' : '?'}: { ${names.join('; ')} }`);
  }
  const body = requestBody?.content['application/json']?.schema;
  if (body) fields.push(`body${body.required?.length ? '' : '?'}: ${typeOf(body)}`);
  const header = (name: string) => parameters.find((parameter) => parameter.in === 'header' && parameter.name === name);
  if (header('If-Match')) fields.push('ifMatch: number');
  if (header('Idempotency-Key')) fields.push('idempotencyKey?: string');
  return `{ ${fields.join('; ')} }`;
}

function answer({ responses }: Operation): string {
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  return typeOf(success?.content?.['application/json']?.schema ?? {});
}

function typeOf(schema: Schema): string {
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return choice.map((one) => `(${typeOf(one)})`).join(' | ');
  if (schema.allOf) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => `(${typeOf({ ...schema, type })})`).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `Array<${typeOf(schema.items ?? {})}>`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({ properties, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties ?? {}).map(
    ([name, schema]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  return `Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'}>`;
}
