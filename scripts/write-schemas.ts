import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { calls, callNames, events, eventTypes } from '../hooks/contract/index.ts';
import { manifestFormat } from '../server/manifest.ts';

type Json = Record<string, unknown>;

/** A schema as JSON Schema 2020-12: `input` is what may be sent (defaults may be left out), `output` what arrives. */
function toJsonSchema(schema: z.ZodType, title: string, io: 'input' | 'output'): Json {
  return { title, ...z.toJSONSchema(schema, { io, unrepresentable: 'any' }) };
}

/** Every document of the contract by its path below the target folder, for bridges in other languages. */
export function contractSchemas(): Map<string, Json> {
  const files = new Map<string, Json>();
  for (const type of eventTypes) {
    files.set(`schemas/events/${type}.json`, {
      ...toJsonSchema(events[type].envelope, type, 'input'),
      description: events[type].about,
    });
  }
  for (const name of callNames) {
    const { about, request, response } = calls[name];
    files.set(`schemas/calls/${name}.request.json`, {
      ...toJsonSchema(request, `${name} request`, 'input'),
      description: about,
    });
    files.set(`schemas/calls/${name}.response.json`, {
      ...toJsonSchema(response, `${name} response`, 'input'),
      description: about,
    });
  }
  files.set('plugin.manifest.schema.json', toJsonSchema(manifestFormat, 'plugin.manifest.json', 'input'));
  return files;
}

/** Writes them. */
export function writeSchemas(folder: string): void {
  for (const [path, schema] of contractSchemas()) {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeSchemas(fileURLToPath(new URL('../dist', import.meta.url)));
