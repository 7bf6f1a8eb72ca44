import { expect, test } from 'vitest';
import { access } from '../../../../server/access.ts';
import german from './happened.de.json' with { type: 'json' };
import english from './happened.en.json' with { type: 'json' };

test('both languages have words for the same actions', () => {
  expect(Object.keys(german)).toEqual(Object.keys(english));
});

test('every action that a verb logs has words', () => {
  const logged = new Set(Object.values(access).flatMap(({ logs }) => logs ?? []));
  expect([...logged].filter((action) => !(action in english))).toEqual([]);
});
