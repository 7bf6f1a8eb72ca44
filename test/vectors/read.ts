import { readFileSync, readdirSync } from 'node:fs';

/** What a case must come to. Every field that is present is checked; README.md beside this file says how. */
export interface Expectation {
  readonly error?: Readonly<Record<string, string>>;
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  readonly rowCount?: number;
  readonly order?: readonly string[];
  readonly omitted?: readonly Readonly<Record<string, unknown>>[];
  readonly warnings?: readonly string[];
  readonly validUntil?: string | null;
  readonly at?: string;
  readonly hash?: string;
  readonly quote?: unknown;
  readonly underCost?: readonly unknown[];
  readonly verdict?: Readonly<Record<string, unknown>>;
}

export type Documents = Readonly<Record<string, unknown>>;

export interface VectorCase {
  readonly file: string;
  readonly name: string;
  readonly command: 'compile' | 'quote' | 'publish' | 'guard';
  /** The case's input laid over the file's shared input. */
  readonly input: Documents;
  readonly expect: Expectation;
}

interface VectorFile {
  readonly shared: Documents;
  readonly cases: readonly Omit<VectorCase, 'file'>[];
}

/** All cases of all vector files, in the order of file names. */
export function readVectors(): VectorCase[] {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));
  return files.toSorted().flatMap((file) => {
    const { shared, cases }: VectorFile = JSON.parse(readFileSync(`${import.meta.dirname}/${file}`, 'utf8'));
    return cases.map(({ name, command, input, expect }) => ({
      file,
      name,
      command,
      input: lay(input, shared),
      expect,
    }));
  });
}

function lay(input: Documents, shared: Documents): Documents {
  const result: Record<string, unknown> = { ...shared };
  for (const [name, value] of Object.entries(input)) {
    const below = shared[name];
    result[name] = isDocument(value) && isDocument(below) ? { ...below, ...value } : value;
  }
  return result;
}

function isDocument(value: unknown): value is Documents {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True if every field of the expected value is in the actual one; arrays must have the same length. */
export function contains(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, index) => contains(actual[index], item))
    );
  }
  if (!isDocument(expected)) return actual === expected;
  return isDocument(actual) && Object.entries(expected).every(([name, value]) => contains(actual[name], value));
}
