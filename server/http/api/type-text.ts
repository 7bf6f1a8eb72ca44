/** The part of JSON Schema that the API's own file uses. */
export interface Schema {
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
  minimum?: number;
  minItems?: number;
  default?: unknown;
  example?: unknown;
}
export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}
export interface Operation {
  tags: string[];
  operationId: string;
  summary: string;
  description: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** A schema as a TypeScript type, for the client's types and for people alike. */
export function typeText(schema: Schema, indent = ''): string {
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return unique(choice.map((one) => typeText(one, indent))).join(' | ');
  if (schema.allOf) return schema.allOf.map((one) => `(${typeText(one, indent)})`).join(' & ');
  if (Array.isArray(schema.type))
    return unique(schema.type.map((type) => typeText({ ...schema, type }, indent))).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `Array<${typeText(schema.items ?? {}, indent)}>`;
    case 'object':
      return objectText(schema, indent);
    default:
      return 'unknown';
  }
}

function objectText({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  const fields = Object.entries(properties ?? {}).map(
    ([name, schema]) =>
      `${indent}  ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeText(schema, `${indent}  `)};\n`,
  );
  if (fields.length > 0) return `{\n${fields.join('')}${indent}}`;
  const values = typeof additionalProperties === 'object' ? typeText(additionalProperties, indent) : 'unknown';
  return `Record<string, ${values}>`;
}

const unique = (texts: string[]): string[] => [...new Set(texts)];

/** What an operation answers when it does what it was asked. */
export function successOf({ responses }: Operation): Schema {
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  return success?.content?.['application/json']?.schema ?? {};
}

/** The body's schema, null for an operation without one. */
export function bodyOf({ requestBody }: Operation): Schema | null {
  return requestBody?.content['application/json']?.schema ?? null;
}

/** A body to begin with: the fields that cannot be left out, empty. */
export function exampleOf(schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return exampleOf(choice[0] ?? {});
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    case 'array':
      return schema.minItems ? [exampleOf(schema.items ?? {})] : [];
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, exampleOf(schema.properties?.[name] ?? {})]),
      );
    default:
      return null;
  }
}
