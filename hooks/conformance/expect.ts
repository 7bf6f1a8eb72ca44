import assert from 'node:assert/strict';
import { HostError, type HostErrorCode } from '../contract/index.ts';
import { minorUnits } from '../prices/money.ts';

/** True if both texts are the same amount: "12.4" and "12.40" are. */
export function sameAmount(left: string | null, right: string | null, digits: number): boolean {
  if (left === null || right === null) return left === right;
  return minorUnits(left, digits) === minorUnits(right, digits);
}

/** @throws AssertionError naming both amounts */
export function expectAmount(what: string, found: string | null, wanted: string | null, digits: number): void {
  assert.ok(sameAmount(found, wanted, digits), `${what} is ${found}, not ${wanted}`);
}

/** @throws AssertionError unless the work is refused with one of these codes */
export async function expectRefusal(what: string, codes: HostErrorCode[], work: Promise<unknown>): Promise<void> {
  const outcome = await work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof HostError ? error.code : String(error)),
  );
  assert.ok((codes as string[]).includes(outcome), `${what}: refused with ${outcome}, not with ${codes.join(' or ')}`);
}
