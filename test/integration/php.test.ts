import { expect, test } from 'vitest';
import { runPhpTests } from '../php/run.ts';

test('the PHP bridge library agrees with the TypeScript one on every vector and every generated case', async () => {
  const { passed, failed, skipped, output } = await runPhpTests();
  expect(failed, output).toBe(0);
  expect(skipped, output).toBe(0);
  expect(passed).toBeGreaterThan(4000);
}, 120_000);
