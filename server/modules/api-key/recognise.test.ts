import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageRoot } from '../../platform/root.ts';
import { newKey } from './format.ts';
import { recogniseKeys } from './recognise.ts';

test('keys of every kind are found wherever they stand, each once, and never anything that is like one', () => {
  const [live, test_, signed] = [newKey('live'), newKey('test'), newKey('live', true)];
  const wrong = live.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const text = `KEY=${live}\n"${signed}",${test_};${live}\n${wrong} rsk_live_short_00000000\ncurl -H 'Bearer ${test_}'`;
  expect(recogniseKeys(text)).toEqual([
    { key: live, prefix: live.slice(0, 14), line: 1 },
    { key: signed, prefix: signed.slice(0, 21), line: 2 },
    { key: test_, prefix: test_.slice(0, 14), line: 2 },
  ]);
});

test('the documented expression finds every key', () => {
  const document = readFileSync(new URL('docs/keys.md', packageRoot), 'utf8');
  const expression = new RegExp(/```regex\n(.*)\n```/.exec(document)![1]!);
  for (const key of [newKey('live'), newKey('test'), newKey('live', true), newKey('test', true)])
    expect(expression.exec(`x ${key} y`)?.[0]).toBe(key);
  expect(expression.test('rsk_live_short_00000000')).toBe(false);
});
