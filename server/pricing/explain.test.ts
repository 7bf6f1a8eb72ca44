import { expect, test } from 'vitest';
import { readVectors } from '../../test/vectors/read.ts';
import { explain, type ChargeName } from './explain.ts';
import { parseCatalogue } from './formats/catalogue.ts';
import { parseReseller } from './formats/reseller.ts';
import { parseRules } from './formats/rules.ts';

const CHARGE: ChargeName = { product: 'p', component: 'base', term: '1M', currency: 'USD', charge: 'price' };

function trace(name: string, charge: Partial<ChargeName> = {}) {
  const vector = readVectors().find((each) => each.name.startsWith(name));
  if (vector === undefined) throw new Error(`There is no vector "${name}"`);
  const { catalogue, rules, reseller, at } = vector.input;
  return explain(parseCatalogue(catalogue), parseRules(rules), parseReseller(reseller), String(at), {
    ...CHARGE,
    ...charge,
  });
}

test('an explanation lists all ten levels with what won, what was outranked and why', () => {
  const levels = trace('rule 7: level 3').steps?.levels ?? [];
  expect(levels.map(({ level, source, status }) => [level, source, status])).toEqual([
    [1, 'reseller_book', 'no_match'],
    [2, 'tier_book', 'no_match'],
    [3, 'reseller_product', 'won'],
    [4, 'reseller_group', 'outranked'],
    [5, 'tier_product', 'outranked'],
    [6, 'tier_group', 'outranked'],
    [7, 'reseller_rate', 'outranked'],
    [8, 'tier_rate', 'outranked'],
    [9, 'programme_rate', 'outranked'],
    [10, 'retail', 'outranked'],
  ]);
  expect(levels[3]).toMatchObject({ rule: 'own-group', bp: 3900, why: expect.stringContaining('level 3 comes first') });
});

function why(name: string, level: number): string | undefined {
  return trace(name).steps?.levels[level - 1]?.why;
}

test('an explanation says why a rule that is there was not used', () => {
  expect(why('rule 17: a rule does not hold a second before its from', 3)).toContain(
    'begins only at 2027-01-01T00:00:01Z',
  );
  expect(why('rule 17: a rule does not hold at its until', 3)).toContain('ended at 2027-01-01T00:00:00Z');
  expect(why('rule 9: a discount that does not cover the kind', 3)).toContain('does not cover the kind base');
  expect(why('rule 9: an empty cell of a price book inherits', 1)).toContain('leaves the price empty');
});

test('an explanation shows rounding, floor and cap', () => {
  expect(trace('rule 1: 9.95 less 10 %').steps?.rounding).toEqual({ exact: '8.955', rounded: '8.96' });
  expect(trace('rule 11: cost 4.00 plus 500 bp').steps?.floor).toMatchObject({
    amount: '4.20',
    acted: true,
    rules: [{ rule: 'f', minimum: null, overCost: '4.20' }],
  });
  const capped = trace('rule 12: a discounted price under a floor above retail');
  expect(capped).toMatchObject({
    wholesale: '10.00',
    steps: {
      rounding: { rounded: '8.00' },
      floor: { acted: true },
      cap: { on: true, acted: true },
      adjusted: 'retail_cap',
    },
  });
  expect(trace('rule 11: a fixed price is not lifted').steps?.floor).toMatchObject({ acted: false, amount: '8.00' });
});

test('a charge that is not sold is explained by the reason of its omission', () => {
  const sold = { retail: null, wholesale: null, steps: null };
  expect(trace('rule 6: a negative amount is')).toMatchObject({ omitted: 'negative_amount', ...sold });
  expect(trace('rule 22: a product that is not offered')).toMatchObject({ omitted: 'product_not_offered', ...sold });
  expect(trace('rule 6: a setup fee of null', { charge: 'setup' })).toMatchObject({ omitted: 'no_setup', ...sold });
});

test('a charge that the catalogue does not have is refused', () => {
  const name = 'rule 7: level 3';
  expect(() => trace(name, { product: 'x' })).toThrow(expect.objectContaining({ code: 'unknown_product' }));
  expect(() => trace(name, { component: 'x' })).toThrow(expect.objectContaining({ code: 'unknown_component' }));
  expect(() => trace(name, { term: '9Y' })).toThrow(expect.objectContaining({ code: 'not_offered' }));
});
