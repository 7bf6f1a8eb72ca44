import { describe, expect, test } from 'vitest';
import { noticeKindNames } from '../../../../server/modules/notice/kinds.ts';
import de from './de.json';
import en from './en.json';
import { fill, type Entry } from './fill.ts';

/** A key that is missing in German is a type error here. */
const german: Record<keyof typeof en, Entry> = de;
const english: Record<string, Entry> = en;

const names = (entry: Entry): string[] => {
  const texts = typeof entry === 'string' ? [entry] : Object.values(entry);
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))),
  ].toSorted();
};

describe('messages', () => {
  test('German has the same keys, values and forms', () => {
    expect(Object.keys(german)).toEqual(Object.keys(english));
    for (const [key, entry] of Object.entries(english)) {
      expect([key, names(german[key as keyof typeof en])]).toEqual([key, names(entry)]);
    }
  });

  test('every notice has words', () => {
    const named = Object.keys(english).filter((key) => key.startsWith('notice.'));
    expect(named.toSorted()).toEqual(noticeKindNames.map((kind) => `notice.${kind}`).toSorted());
  });

  test('plural forms follow the language', () => {
    const entry = { one: '{count} line', other: '{count} lines' };
    expect(fill(entry, { count: 1 }, 'en')).toBe('1 line');
    expect(fill(entry, { count: 1200 }, 'en')).toBe('1,200 lines');
    expect(fill('{a} of {b}', { a: 'x' }, 'en')).toBe('x of {b}');
  });

  test('what is put in keeps its direction where writing runs from right to left', () => {
    expect(fill('{a}: {b}', { a: 'VPS S', b: 'x' }, 'ar-EG')).toBe('\u2068VPS S\u2069: \u2068x\u2069');
  });

  test('no exclamation marks, no blame words', () => {
    const texts = Object.values(english).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    expect(texts.filter((text) => /!|invalid|illegal/i.test(text))).toEqual([]);
  });
});
