import { HostError } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { raiseProblem } from '../problem/raise.ts';
import { findSender } from './sender.ts';

/** Tries before a notice is given up: about two hours. */
const MOST_ATTEMPTS = 8;

interface Waiting {
  id: string;
  host_client_id: string | null;
  recipient: string;
  subject: string;
  body: string;
  attempts: number;
}

/**
 * Sends what waits. The next try is noted before each sending, so that a process that dies while it sends loses nothing:
 * at worst the same mail, of the same Message-ID, goes out twice. Returns how many were sent.
 */
export async function deliverNotices(ctx: ServiceContext): Promise<number> {
  const { em } = ctx;
  const sender = await findSender(ctx).catch((error: unknown) => {
    if (error instanceof HostError) return undefined;
    throw error;
  });
  // The host cannot be asked now: what waits goes on waiting.
  if (sender === undefined) return 0;
  if (sender === null) {
    await em.execute(
      `update notice set state = 'inbox', next_attempt_at = null where state = 'queued' and attempts = 0`,
    );
    return 0;
  }
  for (let sent = 0; ;) {
    const [notice] = await em.execute<Waiting[]>(
      `update notice set attempts = attempts + 1, next_attempt_at = ?::timestamptz + interval '1 minute' * power(2, attempts)
        where id = (select id from notice where state = 'queued' and next_attempt_at <= ?
                     order by next_attempt_at limit 1 for update skip locked)
       returning id, host_client_id, recipient, subject, body, attempts`,
      [ctx.now, ctx.now],
    );
    if (!notice) return sent;
    try {
      const { id, host_client_id: hostClientId, recipient: to, subject, body: text } = notice;
      await sender.send({ id, hostClientId, to, subject, text });
      await em.execute(`update notice set state = 'sent', sent_at = ?, error = null where id = ?`, [
        ctx.now,
        notice.id,
      ]);
      sent += 1;
    } catch (error) {
      await failed(ctx, notice, error);
    }
  }
}

async function failed(ctx: ServiceContext, { id, attempts }: Waiting, error: unknown): Promise<void> {
  const { message = 'unknown', responseCode } = error as { message?: string; responseCode?: number };
  // RFC 5321: 5xx is a refusal that another try would meet again.
  const refused = error instanceof HostError ? !error.retryable : responseCode !== undefined && responseCode >= 500;
  const final = attempts >= MOST_ATTEMPTS || refused;
  await ctx.em.execute('update notice set state = ?, error = ? where id = ?', [
    final ? 'failed' : 'queued',
    message.slice(0, 500),
    id,
  ]);
  if (!final) return;
  await raiseProblem(ctx, {
    key: 'notices_failed',
    message: 'Notices to resellers could not be sent; see the list of notices.',
    severity: 'warning',
  });
}
