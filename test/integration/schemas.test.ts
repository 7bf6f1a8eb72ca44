import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callNames, eventTypes } from '../../hooks/contract/index.ts';
import { readManifest } from '../../server/manifest.ts';
import { contractSchemas, writeSchemas } from '../../scripts/write-schemas.ts';

type Node = Record<string, unknown> & { properties?: Record<string, Node>; required?: string[] };
const schemas = contractSchemas();
const get = (path: string): Node => (schemas.get(path) ?? {}) as Node;

/** Places in a schema that allow anything, which a bridge in another language could not check. */
function holes(schema: unknown, at = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((entry, index) => holes(entry, `${at}/${index}`));
  const node = schema as Node;
  const inner = Object.entries(node).flatMap(([name, value]) =>
    name === 'properties'
      ? Object.entries(value as object).flatMap(([property, part]) => holes(part, `${at}/${property}`))
      : holes(value, `${at}/${name}`),
  );
  return Object.keys(node).length === 0 ? [at, ...inner] : inner;
}

test('there is a schema for every event and both ends of every call', () => {
  const wanted = [
    ...eventTypes.map((type) => `schemas/events/${type}.json`),
    ...callNames.flatMap((name) => [`schemas/calls/${name}.request.json`, `schemas/calls/${name}.response.json`]),
    'plugin.manifest.schema.json',
  ];
  expect([...schemas.keys()].toSorted()).toEqual(wanted.toSorted());
});

test('each is an object in JSON Schema 2020-12 that says what its parts are', () => {
  for (const [path, schema] of schemas) {
    expect(schema['$schema'], path).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema['type'], path).toBe('object');
    expect(JSON.parse(JSON.stringify(schema)), path).toEqual(schema);
    if (path.startsWith('schemas/'))
      expect(
        holes(schema['properties'] ?? {}, path).filter((at) => at !== path),
        path,
      ).toEqual([]);
  }
});

test('what has a default may be left out of a request', () => {
  expect(get('schemas/calls/clients.list.request.json').required ?? []).not.toContain('limit');
  expect(get('schemas/events/invoice.paid.json').required).toContain('aggregate');
  expect(get('schemas/events/invoice.paid.json').properties?.['type']?.['const']).toBe('invoice.paid');
});

test('fields of a later version of the contract are allowed, surprises in the manifest are not', () => {
  for (const [path, schema] of schemas) {
    expect(schema['additionalProperties'], path).toBe(path.startsWith('schemas/') ? undefined : false);
  }
});

test('they are written where the manifest says its schema is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  writeSchemas(folder);
  for (const path of schemas.keys()) expect(existsSync(join(folder, path)), path).toBe(true);
  const written = JSON.parse(readFileSync(join(folder, 'schemas/calls/describe.response.json'), 'utf8')) as Node;
  expect(written.required).toContain('capabilities');
  expect((readManifest() as Node)['$schema']).toBe('./dist/plugin.manifest.schema.json');
  rmSync(folder, { recursive: true });
});
