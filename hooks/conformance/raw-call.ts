import { randomUUID } from 'node:crypto';
import { CONTRACT_VERSION, type CallName } from '../contract/index.ts';
import { signMessage } from '../transport/sign.ts';
import { callIdPrefix, signedHeaders } from '../transport/signed-headers.ts';
import type { Trial } from './trial.ts';

/** How a request is to differ from what the plugin sends. */
export interface RawOptions {
  /** Name that is signed; the call's own unless said otherwise. */
  signedFor?: CallName;
  id?: string;
  nowMs?: number;
  contract?: string;
  headers?: Record<string, string>;
  /** Body on the wire when it is not the one that was signed. */
  sentBody?: string;
}

/** Sends a call as text, outside the port, so that what no honest plugin sends can be sent. Answers status and body. */
export async function rawCall(
  { driver, keys }: Trial,
  name: CallName,
  body: string,
  options: RawOptions = {},
): Promise<{ status: number; body: unknown }> {
  const id = options.id ?? callIdPrefix(options.signedFor ?? name) + randomUUID();
  const nowMs = options.nowMs ?? Date.now();
  const response = await fetch(`${driver.baseUrl.replace(/\/+$/, '')}/bridge/v1/${name}${driver.callPathEnd ?? ''}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signMessage(keys, 'pluginToHost', { id, event: name, payload: body, nowMs }),
      [signedHeaders.contract]: options.contract ?? CONTRACT_VERSION,
      ...options.headers,
    },
    body: options.sentBody ?? body,
    redirect: 'manual',
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: text };
  }
}
