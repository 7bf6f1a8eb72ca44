import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiRoutes } from '../server/http/api.ts';
import { bodyOf, type Operation, successOf, typeText } from '../server/http/api/type-text.ts';
import type { HttpOptions } from '../server/http/app.ts';

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
async function operationTypes(): Promise<string> {
  // The file is made from the routes alone; nothing of a running service is asked.
  const served = await apiRoutes({} as HttpOptions).request('/openapi.json');
  const { paths } = (await served.json()) as { paths: Record<string, Record<string, Operation>> };
  const lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const answer = typeText(successOf(operation), '  ');
      return `  /** ${operation.summary} */\n  '${method} ${path}': { request: ${request(path, operation)}; answer: ${answer} };\n`;
    }),
  );
  return `/** Made from the OpenAPI file of this version. */\nexport interface Operations {\n${lines.join('')}}\n`;
}

function request(path: string, operation: Operation): string {
  const { parameters = [] } = operation;
  const fields: string[] = [];
  if (path.includes('{id}')) fields.push('id: string');
  const query = parameters.filter((parameter) => parameter.in === 'query');
  if (query.length > 0) {
    const names = query.map(({ name, required, schema }) => `${name}${required ? '' : '?'}: ${typeText(schema)}`);
    fields.push(`query${query.some(({ required }) => required) ? '' : '?'}: { ${names.join('; ')} }`);
  }
  const body = bodyOf(operation);
  if (body) fields.push(`body${body.required?.length ? '' : '?'}: ${typeText(body, '  ')}`);
  const has = (name: string) => parameters.some((parameter) => parameter.in === 'header' && parameter.name === name);
  if (has('If-Match')) fields.push('ifMatch: number');
  if (has('Idempotency-Key')) fields.push('idempotencyKey?: string');
  return `{ ${fields.join('; ')} }`;
}
