import { expect, test } from 'vitest';
import { readingOrder } from './reading-order.ts';

const shapes = [
  { id: 'backup', option: { id: 'backup', type: 'flag' } },
  { id: 'base' },
  { id: 'ram:16g', option: { id: 'ram', type: 'choice', choice: '16g' } },
  { id: 'ram:8g', option: { id: 'ram', type: 'choice', choice: '8g' } },
  { id: 'unnamed', option: { id: 'unnamed', type: 'flag' } },
];
const choices = [
  { id: '8g', title: '8 GB' },
  { id: '16g', title: '16 GB' },
];
const words = {
  id: 'vps',
  title: 'VPS',
  description: null,
  addons: [],
  needs: null,
  options: [
    { id: 'ram', title: 'Memory', choices },
    { id: 'backup', title: 'Backup', choices: [] },
  ],
};
const line = (text: string) => {
  const [component = '', term = '', charge = 'price'] = text.split(' ');
  return { component, term, charge: charge as 'price' | 'setup' };
};
const sorted = (texts: string[], given: Parameters<typeof readingOrder>[0]) =>
  texts
    .map(line)
    .toSorted(readingOrder(given, shapes))
    .map(({ component, term, charge }) => [component, term, ...(charge === 'setup' ? [charge] : [])].join(' '));

test('the product first, then options and choices as the host shows them, what it has no words for last', () => {
  const bytes = ['backup 1M', 'base 1M', 'ram:16g 1M', 'ram:8g 1M', 'unnamed 1M'];
  expect(sorted(bytes, words)).toEqual(['base 1M', 'ram:8g 1M', 'ram:16g 1M', 'backup 1M', 'unnamed 1M']);
  expect(sorted(bytes, null)).toEqual(['base 1M', 'backup 1M', 'ram:16g 1M', 'ram:8g 1M', 'unnamed 1M']);
});

test('short terms first, one time last, each setup fee below its price', () => {
  const bytes = ['base 1M', 'base 1M setup', 'base 1Y', 'base 2W', 'base 3M', 'base 3M setup', 'base once', 'base 45D'];
  expect(sorted(bytes, words)).toEqual([
    'base 2W',
    'base 1M',
    'base 1M setup',
    'base 45D',
    'base 3M',
    'base 3M setup',
    'base 1Y',
    'base once',
  ]);
  expect(sorted(['base once setup', 'base once'], words)).toEqual(['base once', 'base once setup']);
});
