import { Webhook } from 'standardwebhooks';
import { CONTRACT_VERSION } from '../contract/version.ts';
import type { InstallationKeys, KeyDirection } from './keys.ts';
import { messageIdPattern, signedHeaders } from './signed-headers.ts';

/** What is signed. */
export interface MessageToSign {
  /** Unique per message; a second try of the same message keeps it. */
  id: string;
  /** Name of the call or kind of message, for logs. Not part of the signature. */
  event: string;
  /** The raw body as it is sent; for a request without body the path with its query (`signedPath`). */
  payload: string;
  /** The sender's clock, UTC milliseconds. */
  nowMs: number;
}

/**
 * Signs a message after Standard Webhooks (HMAC-SHA256 over `id.timestamp.payload`) and returns its headers.
 * Every key of the ring signs, the newest first, so that a receiver which has not learnt of a rotation yet still
 * finds a signature it knows.
 * @throws Error when the id holds other characters than letters, digits, minus and underscore.
 */
export function signMessage(
  keys: InstallationKeys,
  direction: Exclude<KeyDirection, 'session'>,
  message: MessageToSign,
): Record<string, string> {
  if (!messageIdPattern.test(message.id)) throw new Error('a message id holds letters, digits, - and _ only');
  const at = new Date(message.nowMs);
  const signatures = keys[direction].map((key) => new Webhook(key.secret).sign(message.id, at, message.payload));
  return {
    [signedHeaders.id]: message.id,
    [signedHeaders.timestamp]: String(Math.floor(message.nowMs / 1000)),
    [signedHeaders.signature]: signatures.join(' '),
    [signedHeaders.installation]: keys.installation,
    [signedHeaders.event]: message.event,
    [signedHeaders.contract]: CONTRACT_VERSION,
  };
}
