import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

test('never two runs at once, and one more for all that came meanwhile', async () => {
  const finish: (() => void)[] = [];
  const run = oneAtATime(() => new Promise((done) => finish.push(done)));
  const first = run();
  const meanwhile = [run(), run()];
  expect(finish).toHaveLength(1);
  finish[0]!();
  await expect.poll(() => finish).toHaveLength(2);
  finish[1]!();
  await Promise.all([first, ...meanwhile]);
  expect(finish).toHaveLength(2);
});

test('after a failure it runs again', async () => {
  const outcomes = [Promise.reject(new Error('away')), Promise.resolve()];
  const run = oneAtATime(async () => await outcomes.shift());
  await expect(run()).rejects.toThrow('away');
  await run();
  expect(outcomes).toEqual([]);
});
