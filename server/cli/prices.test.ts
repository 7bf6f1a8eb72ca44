import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { HostCurrency, HostProduct } from '../../hooks/hosts/fossbilling/answers.ts';
import { fossbillingCatalogue } from '../../hooks/hosts/fossbilling/catalogue.ts';
import { contains, readVectors, type Documents } from '../../test/vectors/read.ts';
import { errorFormat } from '../pricing/formats/error.ts';
import { priceListFormat } from '../pricing/formats/price-list.ts';
import { quoteFormat } from '../pricing/formats/quote.ts';
import { pricesCommand } from './prices.ts';

const folder = mkdtempSync(join(tmpdir(), 'prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...words: readonly string[]) {
  const result = { stdout: '', stderr: '', code: -1 };
  const command = pricesCommand({
    stdout: { write: (text) => (result.stdout += text) },
    stderr: { write: (text) => (result.stderr += text) },
    exit: (code) => (result.code = code),
  });
  command.parse(words, { from: 'user' });
  return { ...result, document: JSON.parse(result.stdout) as Record<string, unknown> };
}

function save(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** The documents of a vector as files and the flags that name them. */
function flags(input: Documents): string[] {
  const text = (input['text'] ?? {}) as Record<string, string>;
  const host = input['fossbilling'] as { products: HostProduct[]; currencies: HostCurrency[] } | undefined;
  const documents = host ? { ...input, catalogue: fossbillingCatalogue(host.products, host.currencies) } : input;
  const files = (['catalogue', 'rules', 'reseller', 'order'] as const).flatMap((name) => {
    const content = text[name] ?? JSON.stringify(documents[name]);
    return content === undefined ? [] : [`--${name}`, save(`${name}.json`, content)];
  });
  return [...files, '--at', String(input['at'])];
}

const VECTORS = readVectors();
const EXAMPLE = VECTORS.find(({ name }) => name.startsWith('rule 3: the quote of the interfaces'))?.input ?? {};
const { order: _, ...EXAMPLE_LIST } = EXAMPLE;

for (const { file, name, command, input, expect: expected } of VECTORS) {
  if (command !== 'compile' && command !== 'quote') continue;
  test(`prices ${command} agrees with ${file}: ${name}`, () => {
    const { stdout, stderr, code, document } = run(command, ...flags(input));
    expect(stdout.endsWith('\n') && !stdout.slice(0, -1).includes('\n')).toBe(true);
    if (expected.error !== undefined) {
      expect(document).toMatchObject({ format: 'error/1', ...expected.error });
      expect(errorFormat.safeParse(document).success).toBe(true);
      expect(stderr).not.toContain('    at ');
      expect({ code, hasWords: stderr.length > 0 }).toEqual({ code: 2, hasWords: true });
      return;
    }
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    if (command === 'quote') {
      expect(contains(document, expected.quote)).toBe(true);
      expect(quoteFormat.safeParse(document).success).toBe(true);
      return;
    }
    expect(priceListFormat.safeParse(document).success).toBe(true);
    if (expected.hash !== undefined) expect(document['hash']).toBe(expected.hash);
    if (expected.omitted !== undefined) expect(document['omitted']).toEqual(expected.omitted);
    if (expected.rowCount !== undefined) expect(document['rows']).toHaveLength(expected.rowCount);
    const rows = document['rows'] as unknown[];
    for (const row of expected.rows ?? []) expect(rows.some((each) => contains(each, row))).toBe(true);
  });
}

test('an array of resellers gives an array of lists, quotes and explanations', () => {
  const one = EXAMPLE['reseller'] as Documents;
  const input = { ...EXAMPLE, reseller: [one, { ...one, id: 'r2', discountBp: 5000 }] };
  const list = { ...EXAMPLE_LIST, reseller: input.reseller };
  expect(run('compile', ...flags(list)).document).toMatchObject([{ reseller: 'r1' }, { reseller: 'r2' }]);
  expect(run('quote', ...flags(input)).document).toMatchObject([{ dueNow: '17.40' }, { dueNow: '12.76' }]);
  expect(run('compile', ...flags({ ...list, reseller: [] })).document).toEqual([]);
});

function faulty(...resellers: Documents[]) {
  return run('compile', ...flags({ ...EXAMPLE_LIST, reseller: resellers }));
}

test('a fault in an array of resellers is named by its place', () => {
  const one = EXAMPLE['reseller'] as Documents;
  expect(faulty(one, { ...one, id: 'r2', tier: 'nope' }).document).toMatchObject({
    code: 'unknown_tier',
    path: '/1/tier',
  });
  expect(faulty(one, one).document).toMatchObject({ code: 'duplicate_id', path: '/1/id' });
});

test('prices explain prints the whole trace of one charge', () => {
  const charge = [
    '--product',
    'vps-s',
    '--component',
    'base',
    '--term',
    '1M',
    '--currency',
    'USD',
    '--charge',
    'price',
  ];
  const { code, document } = run('explain', ...flags(EXAMPLE_LIST), ...charge);
  expect({ code, document }).toMatchObject({
    code: 0,
    document: {
      format: 'price-trace/1',
      retail: '10.00',
      wholesale: '8.00',
      steps: { source: 'tier_rate', rule: 'gold' },
    },
  });
  const refused = run('explain', ...flags(EXAMPLE_LIST), ...charge, '--charge', 'fee');
  expect(refused).toMatchObject({ code: 2, document: { code: 'bad_usage' } });
});

test('every mistake in the arguments is an error document with exit code 2', () => {
  const good = flags(EXAMPLE_LIST);
  const mistakes: [string[], string][] = [
    [[], 'bad_usage'],
    [['list'], 'bad_usage'],
    [['compile'], 'bad_usage'],
    [['compile', ...good, '--bogus', 'x'], 'bad_usage'],
    [['compile', ...good, 'extra'], 'bad_usage'],
    [['compile', ...good.slice(2)], 'bad_usage'],
    [['compile', ...good, '--at'], 'bad_usage'],
    [['quote', ...good], 'bad_usage'],
    [['compile', ...good, '--at', 'now'], 'invalid_moment'],
    [['compile', ...good, '--rules', join(folder, 'missing.json')], 'unreadable_file'],
    [['compile', ...good, '--rules', folder], 'unreadable_file'],
    [['compile', ...good, '--rules', save('bytes.json', new Uint8Array([0x22, 0xff, 0x22]))], 'unreadable_file'],
    [['compile', ...good, '--rules', save('deep.json', '['.repeat(100_000))], 'not_json'],
  ];
  for (const [words, code] of mistakes) {
    const result = run(...words);
    expect({ words, code: result.code, document: result.document }).toMatchObject({
      code: 2,
      document: { format: 'error/1', code },
    });
    expect(result.stderr).not.toContain('    at ');
  }
});

test('a byte order mark before the JSON is passed over', () => {
  const reseller = `\u{feff}${JSON.stringify(EXAMPLE['reseller'])}`;
  expect(run('compile', ...flags(EXAMPLE_LIST), '--reseller', save('bom.json', reseller)).code).toBe(0);
});
