import assert from 'node:assert/strict';
import { minorUnits } from '../../prices/money.ts';
import type { ConformanceCase } from '../case.ts';
import { eventually } from '../eventually.ts';
import { sameAmount } from '../expect.ts';

export const catalogueCases: readonly ConformanceCase[] = [
  {
    id: 'catalogue.amounts-fit-the-stated-digits',
    async run({ catalogue: { catalogue } }) {
      const digits = new Map(catalogue.currencies.map((currency) => [currency.code, currency.digits]));
      assert.equal(digits.size, catalogue.currencies.length, 'a currency is stated twice');
      for (const { id, components } of catalogue.products) {
        for (const { currency, price, setup } of components.flatMap(({ prices }) => prices)) {
          const known = digits.get(currency);
          assert.ok(known !== undefined, `${id} has a price in ${currency}, whose digits are not stated`);
          for (const text of [price, setup]) {
            assert.ok(
              text === null || minorUnits(text, known) !== null,
              `${id}: ${text} ${currency} has more than ${known} digits`,
            );
          }
        }
      }
    },
  },
  {
    id: 'catalogue.one-price-per-term-and-currency',
    async run({ catalogue: { catalogue } }) {
      for (const { id, components } of catalogue.products) {
        assert.equal(
          new Set(components.map((component) => component.id)).size,
          components.length,
          `${id} has a component twice`,
        );
        for (const { id: component, prices } of components) {
          const cells = prices.map(({ term, currency }) => `${term} ${currency}`);
          assert.equal(
            new Set(cells).size,
            cells.length,
            `${id} ${component} has two prices for one term and currency`,
          );
        }
      }
      const ids = catalogue.products.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, 'a product stands there twice');
    },
  },
  {
    id: 'catalogue.words-for-what-is-offered',
    async run({ catalogue: { catalogue, display } }) {
      const named = new Set(display.products.map(({ id }) => id));
      const groups = new Set(display.groups.map(({ id }) => id));
      for (const { id, group, offered } of catalogue.products) {
        if (offered) assert.ok(named.has(id), `${id} is offered without a title`);
        if (offered) assert.ok(groups.has(group), `the group ${group} of ${id} has no title`);
      }
    },
  },
  {
    id: 'catalogue.same-answer-twice',
    async run({ port, catalogue }) {
      assert.deepEqual((await port['catalogue.read']({})).catalogue, catalogue.catalogue);
    },
  },
  {
    id: 'catalogue.change-is-read-and-told',
    levers: ['editRetail'],
    async run({ port, levers, plugin, item, catalogue, about }) {
      const { product, term } = item();
      const currency = about.currency;
      const cellOf = ({ catalogue: { products } }: typeof catalogue) =>
        products
          .find(({ id }) => id === product)
          ?.components[0]?.prices.find((cell) => cell.term === term && cell.currency === currency);
      const digits = catalogue.catalogue.currencies.find(({ code }) => code === currency)?.digits ?? 2;
      const before = cellOf(catalogue)?.price ?? '0';
      const seen = plugin.received.length;
      await levers.editRetail(product, { term, currency, price: '123' });
      try {
        await eventually('catalogue.changed', () =>
          plugin.received.slice(seen).find(({ type }) => type === 'catalogue.changed'),
        );
        const now = cellOf(await port['catalogue.read']({}))?.price ?? null;
        assert.ok(sameAmount(now, '123', digits), `the catalogue still says ${now}`);
      } finally {
        await levers.editRetail(product, { term, currency, price: before });
      }
    },
  },
];
