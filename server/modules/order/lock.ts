import type { OneConnection } from '../../platform/database/one-connection.ts';
import { prepared } from '../../platform/database/prepared.ts';

const LOCK = prepared('order-lock', 'select pg_try_advisory_lock(hashtextextended(?, 2)) as free');

/** Takes the order for this connection; false when another one works on it, in whatever process. */
export async function lockOrder(connection: OneConnection, orderId: string): Promise<boolean> {
  const [lock] = await connection.execute<{ free: boolean }>(LOCK, [orderId]);
  return lock?.free === true;
}
