import { createHmac } from 'node:crypto';

/** What one end of a pairing shows to prove that it knows the code: HMAC-SHA256 over its role, the nonce and the challenge. */
export function pairingProof(role: 'service' | 'host', code: string, nonce: string, challenge: string): string {
  return createHmac('sha256', code).update(`${role}.${nonce}.${challenge}`).digest('hex');
}
