import { hkdfSync } from 'node:crypto';
import { systemActor } from '../../actors.ts';
import type { Actor, ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { connect } from '../../platform/database/orm.ts';
import { TEST_POOL_MAX } from '../../platform/database/pool-size.ts';
import { QuoteSigner } from '../quote/token.ts';
import { createTestHost } from './host.ts';

export interface TestMode {
  /** What a test key's call is done with. */
  context(actor: Actor): ServiceContext;
  close(): Promise<void>;
}

/**
 * Test mode: the same verbs on tables of their own, at a simulated host. The rows of test keys are kept apart by where a
 * connection can look (a schema that is its whole search path), not by a column that every query would have to filter:
 * a query that was forgotten finds nothing live there, and a write to what both modes share is refused by PostgreSQL.
 * Quotes are signed with a key of their own, mails are not sent, and jobs are refused, since those run in live mode.
 * @param live makes a context of live mode
 */
export async function createTestMode(
  databaseUrl: string,
  live: (actor: Actor) => ServiceContext,
  secret: Uint8Array,
): Promise<TestMode> {
  const orm = await connect(databaseUrl, { poolMax: TEST_POOL_MAX, testMode: true });
  const quotes = new QuoteSigner(Buffer.from(hkdfSync('sha256', secret, '', 'quotes of test mode', 32)));
  const host = createTestHost(() => context(systemActor));
  const context = (actor: Actor): ServiceContext => ({
    ...live(actor),
    em: orm.em.fork(),
    livemode: false,
    host,
    quotes,
    mail: null,
    enqueue: async (_em, queue) => {
      throw new ServiceError('forbidden', `Test mode does not do this (${queue}): it would reach what is live.`);
    },
  });
  return { context, close: () => orm.close(true) };
}
