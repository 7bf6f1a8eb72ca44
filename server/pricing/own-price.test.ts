import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marginOf, OWN_ENDINGS, type OwnCharge, ownLineOf, ownPriceOf, type OwnRule } from './own-price.ts';

const rule = (over: Partial<OwnRule>): OwnRule => ({
  id: 'r',
  product: null,
  component: null,
  group: null,
  term: null,
  currency: null,
  method: 'markup',
  bp: 0,
  amount: null,
  setup: null,
  ending: null,
  ...over,
});
const charge: OwnCharge = {
  product: 'vps',
  group: 'servers',
  component: 'base',
  term: '1M',
  currency: 'USD',
  charge: 'price',
  digits: 2,
  wholesale: 800n,
  retail: 1000n,
};
const price = (rules: Partial<OwnRule>[], over: Partial<OwnCharge> = {}) =>
  ownPriceOf(
    rules.map((each, index) => rule({ id: `r${index}`, ...each })),
    { ...charge, ...over },
  );

test('no rule is no price', () => {
  expect(price([])).toBeNull();
  expect(price([{ group: 'domains' }])).toBeNull();
});

test('markup is on wholesale, margin is of the own price and at least what was asked for, retail is followed', () => {
  expect(price([{ method: 'markup', bp: 2500 }])?.amount).toBe(1000n);
  expect(price([{ method: 'margin', bp: 2500 }])?.amount).toBe(1067n);
  expect(price([{ method: 'retail', bp: 0 }])?.amount).toBe(1000n);
  expect(price([{ method: 'retail', bp: -1000 }])?.amount).toBe(900n);
  expect(price([{ method: 'fixed', bp: null, amount: '9.5' }])?.amount).toBe(950n);
  expect(price([{ method: 'difference', bp: null, amount: '2.10', ending: '90' }])?.amount).toBe(1090n);
  expect(price([{ method: 'difference', bp: null, amount: '-20' }])?.amount).toBe(0n);
});

test('the closest rule wins, and rules never add up', () => {
  const rules = [
    { bp: 1000 },
    { group: 'servers', bp: 2000 },
    { product: 'vps', bp: 3000 },
    { product: 'vps', component: 'base', bp: 4000 },
  ];
  expect(price(rules)).toEqual({ amount: 1120n, rule: 'r3', method: 'markup' });
  expect(price(rules.toReversed())?.amount).toBe(1120n);
  expect(price(rules, { component: 'ip' })?.amount).toBe(1040n);
  expect(price(rules, { product: 'other' })?.amount).toBe(960n);
  expect(price(rules, { product: 'other', group: 'other' })?.amount).toBe(880n);
  expect(price([{ bp: 1000 }, { bp: 5000, term: '1M' }, { bp: 9000, currency: 'EUR' }])?.amount).toBe(1200n);
});

test('a fixed price without a setup leaves the setup to the next rule', () => {
  const rules = [
    { bp: 5000 },
    { product: 'vps', component: 'base', method: 'fixed' as const, bp: null, amount: '9.99' },
  ];
  expect(price(rules)?.amount).toBe(999n);
  expect(price(rules, { charge: 'setup', wholesale: 500n })?.amount).toBe(750n);
});

test('endings round up to the next amount that ends so', () => {
  const ended = (ending: OwnRule['ending'], wholesale: bigint, digits = 2) =>
    price([{ ending, bp: 0 }], { wholesale, digits })?.amount;
  expect([ended('99', 801n), ended('99', 899n), ended('99', 900n)]).toEqual([899n, 899n, 999n]);
  expect([ended('90', 891n), ended('00', 801n), ended('00', 800n), ended('5', 501n)]).toEqual([
    990n,
    900n,
    800n,
    1000n,
  ]);
  expect([ended('99', 801n, 0), ended('5', 801n, 0), ended('99', 8001n, 3), ended('99', 0n)]).toEqual([
    801n,
    805n,
    8990n,
    0n,
  ]);
});

test('an own price is never below the amount asked for, whatever its ending, and less than five units above', () => {
  const amounts = fc.bigInt(0n, 10n ** 12n);
  fc.assert(
    fc.property(
      amounts,
      fc.integer({ min: 0, max: 50_000 }),
      fc.constantFrom(...OWN_ENDINGS),
      (wholesale, bp, ending) => {
        const plain = price([{ bp }], { wholesale })!.amount;
        const rounded = price([{ bp, ending }], { wholesale })!.amount;
        expect(rounded >= plain && rounded < plain + 500n).toBe(true);
      },
    ),
  );
});

test('a margin is of the own price', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), fc.integer({ min: 0, max: 9_900 }), (wholesale, bp) => {
      const own = price([{ method: 'margin', bp }], { wholesale })!.amount;
      expect(marginOf(own, wholesale).bp! >= bp || own === wholesale).toBe(true);
    }),
  );
  expect(marginOf(0n, 100n)).toEqual({ amount: -100n, bp: null });
  expect(marginOf(700n, 800n).amount).toBe(-100n);
});

test('a line is the sum of its components, and has no own price as soon as one of them has none', () => {
  const cell = (wholesale: bigint, setup: bigint | null) => ({
    price: { wholesale, retail: wholesale },
    setup: setup === null ? null : { wholesale: setup, retail: setup },
  });
  const line = {
    ...charge,
    quantity: 3,
    setupPerQuantity: false,
    cells: new Map([
      ['base', cell(800n, 500n)],
      ['ip', cell(100n, null)],
    ]),
    parts: [
      { component: 'base', quantity: 1 },
      { component: 'ip', quantity: 2 },
    ],
  };
  expect(ownLineOf([rule({ bp: 1000 })], line)).toMatchObject({ unit: 1100n, price: 3300n, setup: 550n });
  expect(ownLineOf([rule({ bp: 1000 })], { ...line, setupPerQuantity: true })?.setup).toBe(1650n);
  expect(ownLineOf([rule({ product: 'vps', component: 'base', bp: 1000 })], line)).toBeNull();
  expect(ownLineOf([], line)).toBeNull();
});
