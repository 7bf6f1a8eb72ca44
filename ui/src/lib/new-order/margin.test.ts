import { expect, test } from 'vitest';
import { marginOf, marginsOf } from './margin.ts';

const line = {
  product: 'vps-l',
  title: 'VPS L',
  term: '1M',
  quantity: 1,
  unitPrice: '35.70',
  price: '35.70',
  setup: '9.90',
  retailPrice: '46.00',
  retailSetup: '9.90',
  renewal: '35.70',
  options: {},
  components: [],
};

test('margin is what is kept, as amount and as share of the own price', () => {
  expect(marginOf('35.70', '59.90')).toMatchObject({ margin: '24.20', share: 4040, loss: false });
  expect(marginOf('9.90', '7.90')).toMatchObject({ margin: '-2.00', share: -2532, loss: true });
  expect(marginOf('5.00', '0.00').share).toBeNull();
});

test('own prices start at retail and add up to the first payment', () => {
  expect(marginsOf(line, { yourPrice: null, yourSetup: null }).first).toMatchObject({
    wholesale: '45.60',
    yours: '55.90',
  });
  expect(marginsOf(line, { yourPrice: '59.90', yourSetup: '15.00' }).first).toMatchObject({
    margin: '29.30',
    share: 3912,
  });
});
