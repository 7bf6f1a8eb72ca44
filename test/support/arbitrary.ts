import fc, { type Arbitrary } from 'fast-check';

/** The part of JSON Schema that the API's own file uses. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** What a field may be filled with by its name: ids that are there, say, so that a request gets past its look-up. */
export type Known = (name: string) => unknown[] | undefined;

/** Values that fit a schema. */
export function fitting(schema: Schema, known: Known = () => undefined, name = ''): Arbitrary<unknown> {
  const values = known(name);
  const own = ownFitting(schema, known, name);
  return values && values.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, own) : own;
}

function ownFitting(schema: Schema, known: Known, name: string): Arbitrary<unknown> {
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return fc.oneof(...choice.map((one) => fitting(one, known, name)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => fitting({ ...schema, type }, known, name)));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 1000, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: schema.minimum ?? -10, max: schema.maximum ?? 1000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const minLength = schema.minItems ?? 0;
      const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? 3, 3));
      return fc.array(fitting(schema.items ?? {}, known, name), { minLength, maxLength });
    }
    case 'object':
      return object(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function object({ properties = {}, required = [], additionalProperties }: Schema, known: Known): Arbitrary<unknown> {
  const model = Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => [field, fitting(schema, known, field)]),
  );
  const record = fc.record(model, { requiredKeys: required });
  if (typeof additionalProperties !== 'object') return record;
  return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fitting(additionalProperties, known), { maxKeys: 3 });
}

function text({ pattern, format, minLength = 0, maxLength = 30 }: Schema): Arbitrary<string> {
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((at) => safely(at, 24));
  if (format === 'date') return fc.date({ noInvalidDate: true }).map((at) => safely(at, 10));
  if (format === 'email') return fc.constantFrom('ada@example.org', 'b.c+d@example.com');
  if (format === 'uri') return fc.constantFrom('https://hooks.example.org/in', 'https://8.8.8.8/x', 'http://10.0.0.1/');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { size: 'small' });
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 30), unit: 'grapheme' });
}

/** Within four digits of a year, as RFC 3339 writes them. */
function safely(at: Date, length: number): string {
  const year = at.getUTCFullYear();
  return (year >= 1 && year <= 9999 ? at : new Date(0)).toISOString().slice(0, length);
}

/** What programs send by mistake, and people on purpose. */
export const nasty: Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '’ or 1=1 --',
  '%',
  '../../etc/passwd',
  '__proto__',
  'Infinity',
  'NaN',
  '9999-99-99',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  'x'.repeat(70_000),
  '💸'.repeat(200),
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  -(2 ** 31) - 1,
  true,
  [],
  {},
  [[[[]]]],
  { constructor: { prototype: 1 } },
  Array.from({ length: 6000 }, () => 0),
);

/** A value that fitted, with something in it spoilt: a part replaced, taken away, or added. */
export function spoilt(value: unknown): Arbitrary<unknown> {
  const places = placesIn(value);
  return fc
    .tuple(fc.constantFrom(...places), nasty, fc.constantFrom('replace', 'remove', 'add'))
    .map(([place, junk, how]) => change(structuredClone(value), place, junk, how));
}

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (value === null || typeof value !== 'object') return [at];
  return [at, ...Object.entries(value).flatMap(([name, part]) => placesIn(part, [...at, name]))];
}

function change(value: unknown, place: Place, junk: unknown, how: string): unknown {
  const last = place.at(-1);
  if (last === undefined) {
    if (how !== 'add' || value === null || typeof value !== 'object') return junk;
    return { ...value, surprise: junk };
  }
  let holder = value as Record<string, unknown>;
  for (const name of place.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
  if (how === 'remove') delete holder[last];
  else holder[last] = junk;
  return value;
}
