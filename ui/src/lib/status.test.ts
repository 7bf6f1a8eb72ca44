import { expect, test } from 'vitest';
import en from './messages/en.json';
import { STATUS, statusOf } from './status.ts';

test('every state has words', () => {
  for (const table of Object.values(STATUS)) {
    for (const entry of Object.values(table)) expect(en).toHaveProperty([entry.label]);
  }
});

test('orders and resellers have the states of the contract', () => {
  expect(Object.keys(STATUS.reseller)).toEqual(['active', 'suspended', 'inactive', 'terminated']);
  expect(Object.keys(STATUS.order)).toEqual([
    'draft',
    'placing',
    'pending',
    'paid',
    'not_accepted',
    'cancelled',
    'refunded',
    'part_refunded',
  ]);
});

test('tones follow who must act', () => {
  expect(statusOf('order', 'pending')).toMatchObject({ admin: 'info', portal: 'warning' });
  expect(statusOf('reseller', 'inactive')).toMatchObject({ admin: 'neutral', portal: 'warning' });
  expect(statusOf('order', 'unheard_of')).toBeNull();
});
