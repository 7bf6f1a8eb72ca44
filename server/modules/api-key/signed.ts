import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { ServiceContext } from '../../context.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';

/** How far a request's time may lie from ours, in seconds: the tolerance of Standard Webhooks' libraries. */
export const TOLERANCE_SECONDS = 300;
const MESSAGE_ID = /^[\x21-\x7e]{8,100}$/;

/** Why a request with a key that asks for signatures is not let in; the code is also its outcome in the call log. */
export interface SignatureRefusal {
  code: 'signature_missing' | 'signature_expired' | 'signature_invalid' | 'signature_replayed';
  message: string;
}

const SECRET = prepared('signing-secret', 'select signing_secret as secret from api_key where id = ?');
const REMEMBER = prepared(
  'signed-message',
  'insert into api_message (key_id, message_id, at) values (?, ?, ?) on conflict do nothing returning 1 as kept',
);

/** What is signed, beside id and time: the method in capitals, a space, path and query, a line feed, the body. */
export const signedText = (method: string, target: string, body: string): string => `${method} ${target}\n${body}`;

/**
 * Checks the signature of a request by the scheme of Standard Webhooks (`webhook-id`, `webhook-timestamp`,
 * `webhook-signature`). An id is remembered once its signature was found good, and let in once. Null when all is well.
 */
export async function checkSignature(
  { em, now, webhooks }: ServiceContext,
  keyId: string,
  headers: Headers,
  text: () => Promise<string>,
): Promise<SignatureRefusal | null> {
  const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headers.get(name),
  );
  if (!id || !timestamp || !signature) {
    return {
      code: 'signature_missing',
      message: 'This key asks for signed requests: send webhook-id, webhook-timestamp and webhook-signature.',
    };
  }
  if (!MESSAGE_ID.test(id) || !/^\d{1,12}$/.test(timestamp)) {
    return {
      code: 'signature_invalid',
      message: 'webhook-id takes 8 to 100 visible characters, webhook-timestamp the seconds since 1970.',
    };
  }
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    return {
      code: 'signature_expired',
      message: `webhook-timestamp is more than ${TOLERANCE_SECONDS} seconds from our clock. Set yours, and sign anew.`,
    };
  }
  const [row] = await executePrepared<{ secret: string | null }>(em, SECRET, [keyId]);
  const secret = row?.secret ? webhooks.vault.open(row.secret, keyId) : null;
  if (secret === null || !isGood(secret, await text(), id, timestamp, signature)) {
    return {
      code: 'signature_invalid',
      message: 'The signature does not fit. Sign id, time, method, path with query, and body, as documented.',
    };
  }
  const [kept] = await executePrepared(em, REMEMBER, [keyId, id, now]);
  if (kept) return null;
  return {
    code: 'signature_replayed',
    message:
      'A request with this webhook-id was let in already. Sign each try with a new one; keep the Idempotency-Key.',
  };
}

function isGood(secret: string, text: string, id: string, timestamp: string, signature: string): boolean {
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  try {
    new Webhook(secret).verify(text, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}
