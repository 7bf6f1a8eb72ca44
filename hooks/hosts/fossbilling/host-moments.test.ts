import { expect, test } from 'vitest';
import { HostError } from '../../contract/index.ts';
import { createZoneReader, momentsInUtc } from './host-moments.ts';
import type { SignedCaller } from './module-caller.ts';

const paidAt = (text: string, zone: string) => momentsInUtc({ list: [{ paid_at: text }] }, zone);

test.each([
  ['2027-01-31 23:44:08', '2027-01-31 22:44:08'],
  ['2027-07-01 00:30:00', '2027-06-30 22:30:00'],
  // The clocks go forward at 2027-03-28T01:00:00Z, and back at 2027-10-31T01:00:00Z.
  ['2027-03-28 01:59:59', '2027-03-28 00:59:59'],
  ['2027-03-28 03:00:00', '2027-03-28 01:00:00'],
  ['2027-10-31 01:59:59', '2027-10-30 23:59:59'],
  ['2027-10-31 03:00:00', '2027-10-31 02:00:00'],
])('%s in Berlin is %s in UTC', (local, utc) => {
  expect(paidAt(local, 'Europe/Berlin')).toEqual({ list: [{ paid_at: utc }] });
});

test('days of the calendar and everything else stay as they are', () => {
  const row = { id: 1, expires_at: '2027-01-31 00:00:00', due_at: '2027-01-31 00:00:00', created_at: null, meta: [] };
  expect(momentsInUtc(row, 'America/New_York')).toEqual(row);
  const odd = { created_at: '0000-00-00 00:00:00', updated_at: 'yesterday' };
  expect(momentsInUtc(odd, 'America/New_York')).toEqual(odd);
});

test('a zone that nobody knows is an error, not UTC', () => {
  expect(() => paidAt('2027-01-31 23:44:08', 'Mars/Crater')).toThrow(HostError);
});

test('the zone is that of the module, asked now and then; the last one while it does not answer', async () => {
  let nowMs = 0;
  let answer: () => Promise<{ zone: string }> = () => Promise.reject(new HostError('unavailable', 'paused'));
  const zoneOf = createZoneReader({ describe: () => answer() } as unknown as SignedCaller, 'UTC', () => nowMs);
  expect(await zoneOf()).toBe('UTC');
  answer = async () => ({ zone: 'Europe/Berlin' });
  expect(await zoneOf()).toBe('UTC');
  nowMs = 400_000;
  expect(await zoneOf()).toBe('Europe/Berlin');
  answer = () => Promise.reject(new HostError('unavailable', 'paused'));
  nowMs = 800_000;
  expect(await zoneOf()).toBe('Europe/Berlin');
});
