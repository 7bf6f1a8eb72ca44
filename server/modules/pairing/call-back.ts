import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { readLimitedText } from '../../../hooks/transport/limited-text.ts';
import { pairingProof } from '../../../hooks/transport/pairing-proof.ts';
import { PairingError } from './errors.ts';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 16 * 1024;

const answerShape = z.object({
  proof: z.string().regex(/^[0-9a-f]{64}$/),
  /** Token of the staff account that the module made for us; hosts whose module does everything give none. */
  access: z.object({ token: z.string().min(1).max(500).optional() }),
});

/**
 * Asks the host at its configured address whether it started this pairing, so that no foreign address can be registered.
 * @returns the access it grants
 * @throws PairingError host_unreachable, saying what was tried
 */
export async function callBack(
  hostUrl: string,
  { code, nonce }: { code: string; nonce: string },
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<{ token: string | null }> {
  const challenge = randomBytes(16).toString('hex');
  const url = `${hostUrl.replace(/\/+$/, '')}/reseller/pairing`;
  const body = JSON.stringify({ nonce, challenge, proof: pairingProof('service', code, nonce, challenge) });
  const { status, text } = await post(url, body, fetch);
  if (status !== 200) {
    throw unreachable(
      `The service asked ${url} and got the answer ${status}. Is the module active there, and is this the address of this host?`,
    );
  }
  const answer = answerShape.safeParse(readJson(text));
  if (!answer.success) {
    throw unreachable(
      `The service asked ${url} and got something else than the module's answer. Is a proxy or another site before it?`,
    );
  }
  const expected = Buffer.from(pairingProof('host', code, nonce, challenge));
  if (!timingSafeEqual(Buffer.from(answer.data.proof), expected)) {
    throw unreachable(
      `What answers at ${url} does not know this code. Is RESELLER_HOST_URL the address of another installation?`,
    );
  }
  return { token: answer.data.access.token ?? null };
}

async function post(url: string, body: string, fetch: typeof globalThis.fetch) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, text: await readLimitedText(response, MAX_ANSWER_BYTES) };
  } catch {
    throw unreachable(
      `The service cannot reach ${url}. Check RESELLER_HOST_URL, and that this machine may open connections to it.`,
    );
  }
}

function unreachable(message: string): PairingError {
  return new PairingError('host_unreachable', message);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
