import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const SOURCES = join(import.meta.dirname, 'src');
const MESSAGES = join(SOURCES, 'lib/messages');
const IMPORT = /(?:from|import\()\s*'([^']+)'|import\s+'([^']+)'/g;
/** "orders.title" as it stands in code, and what stands before the part of a key that is put in: `status.${…}`. */
const KEY = /['"`]([a-zA-Z]+(?:\.[\w-]+)+)['"`]/g;
const PREFIX = /`([a-zA-Z]+\.[\w.]*)\$\{/g;

/** A key whose beginning is put in: nobody could tell which texts it means. */
const HEADLESS = /\b(?:t|maybe)\(`\$\{/;

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, first, second]) => first ?? second ?? '');

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:svelte|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every source file that the routes of a surface reach, by what they import. */
function sourcesOf(surface: string): string[] {
  const waiting = filesBelow(join(SOURCES, 'routes', surface));
  const seen = new Map<string, string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !file.startsWith(SOURCES)) continue;
    const text = readFileSync(file, 'utf8');
    if (HEADLESS.test(text)) throw new Error(`${file}: a key of a text must begin with its own words.`);
    seen.set(file, text);
    for (const name of all(text, IMPORT)) {
      if (name.startsWith('#lib/')) waiting.push(join(SOURCES, 'lib', name.slice(5)));
      else if (name.startsWith('.') && /\.(?:svelte|ts)$/.test(name)) waiting.push(resolve(dirname(file), name));
    }
  }
  return [...seen.values()];
}

/**
 * Gives each fragment the texts that its own screens can say, and no others: a key that no file of the fragment spells
 * out, and that no prefix in one leads to, stays away. English is in the script with its keys; other languages are lists
 * of texts in the order of those keys, which need not be fetched once more.
 */
export function messagesOf(surface: string): Plugin {
  const made = resolve(import.meta.dirname, `../dist/.messages/${surface}`);
  return {
    name: 'messages-of-surface',
    enforce: 'pre',
    buildStart() {
      const texts = sourcesOf(surface);
      const keys = new Set(texts.flatMap((text) => all(text, KEY)));
      const prefixes = [...new Set(texts.flatMap((text) => all(text, PREFIX)))];
      const said = (key: string): boolean => keys.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
      mkdirSync(made, { recursive: true });
      const read = (name: string) => JSON.parse(readFileSync(join(MESSAGES, name), 'utf8')) as Record<string, unknown>;
      const own = Object.entries(read('en.json')).filter(([key]) => said(key));
      writeFileSync(join(made, 'en.json'), JSON.stringify(Object.fromEntries(own)));
      for (const name of readdirSync(MESSAGES).filter((each) => each.endsWith('.json') && each !== 'en.json')) {
        const words = read(name);
        writeFileSync(join(made, name), JSON.stringify(own.map(([key]) => words[key] ?? null)));
      }
    },
    resolveId(source) {
      const [, name] = /^\.\/(\w+\.json(?:\?url)?)$/.exec(source) ?? [];
      return name ? join(made, name) : null;
    },
  };
}
