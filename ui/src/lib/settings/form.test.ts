import { expect, test } from 'vitest';
import { added, askedIf, conditionsAbove, hinted, moved, ofType, type Question } from './form.ts';

const question = (id: string): Question => ({ id, type: 'text', label: { en: id }, required: false });

test('questions change places, and stay where there is no place to go', () => {
  const fields = [question('a'), question('b')];
  expect(moved(fields, 0, 1).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(moved(fields, 0, -1).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a new question has an id of its own', () => {
  expect(added([question('a'), question('question3')], 'en', 'New').at(-1)?.id).toBe('question4');
});

test('a choice gets an option; another kind loses what does not fit', () => {
  const choice = ofType({ ...question('a'), strict: true }, 'choice', 'en', 'Yes');
  expect(choice).toEqual({ ...question('a'), type: 'choice', options: [{ id: 'option1', label: { en: 'Yes' } }] });
  expect(ofType(choice, 'text', 'en', 'Yes')).toEqual(question('a'));
});

test('a hint is kept by language, and goes with its last word', () => {
  const german = hinted({ ...question('a'), hint: { en: 'As registered' } }, 'de', 'Wie eingetragen');
  expect(german.hint).toEqual({ en: 'As registered', de: 'Wie eingetragen' });
  expect(hinted(hinted(german, 'de', ' '), 'en', '')).toEqual(question('a'));
});

test('a question hangs on an answer to one above it, and on none again', () => {
  const choice = { ...ofType(question('a'), 'choice', 'en', 'Yes') };
  const fields = [choice, { ...question('b'), type: 'consent' }, question('c')];
  expect(conditionsAbove(fields, 2).map(({ field, equals }) => [field.id, equals])).toEqual([
    ['a', 'option1'],
    ['b', 'true'],
  ]);
  expect(conditionsAbove(fields, 0)).toEqual([]);
  const hung = askedIf(question('c'), { field: 'a', equals: 'option1' });
  expect(hung.showIf).toEqual({ field: 'a', equals: 'option1' });
  expect(askedIf(hung, null)).toEqual(question('c'));
});
