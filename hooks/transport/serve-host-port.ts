import { randomUUID } from 'node:crypto';
import type { HostPort } from '../contract/calls/index.ts';
import { HostError } from '../contract/host-error.ts';
import { errorResponse, responseOfHostError } from './error-status.ts';
import type { InstallationKeys } from './keys.ts';
import { createReplayGuard, type ReplayGuard } from './replay-guard.ts';
import { findCall, runCall } from './run-call.ts';
import { callIdPrefix } from './signed-headers.ts';
import { verifyRequest } from './verify.ts';

/** Longest request body: the largest call carries 500 locks or 100 priced lines. */
const MAX_REQUEST_BYTES = 2 * 1024 * 1024;

/** What a host serves its port with. */
export interface ServeHostPortOptions {
  port: HostPort;
  keys: InstallationKeys;
  /** The real clock in UTC milliseconds. */
  now: () => number;
  replays?: ReplayGuard;
  /** Called with what the caller was not told, under the reference that the caller was given. */
  onError?: (failure: { reference: string; call: string; error: unknown }) => void;
}

/**
 * The host's side of the calls: answers POST …/bridge/v1/<name>. Checks method, size (2 MiB), signature and contract
 * version, refuses a request that was served already, parses by schema, calls the port, and parses its answer by
 * schema. A HostError becomes its status; any other error becomes 500 with a reference and no details.
 */
export function serveHostPort(options: ServeHostPortOptions): (request: Request) => Promise<Response> {
  const replays = options.replays ?? createReplayGuard();

  async function answer(request: Request, name: string): Promise<Response> {
    const nowMs = options.now();
    const verified = await verifyRequest(request, {
      keys: options.keys,
      direction: 'pluginToHost',
      nowMs,
      method: 'POST',
      maxBytes: MAX_REQUEST_BYTES,
      idPrefix: callIdPrefix(name),
    });
    if (!verified.ok) return errorResponse(verified.status, verified.code, verified.message);
    if (!replays.admit(verified.id, verified.timestampMs, nowMs)) {
      return errorResponse(401, 'replayed', 'This request was served already.');
    }
    const call = findCall(name);
    if (call === null) return errorResponse(404, 'not_found', 'There is no call of this name.');
    const response = await runCall(options.port, call, parseBody(verified.payload));
    return Response.json(response, { headers: { 'cache-control': 'no-store' } });
  }

  return async (request) => {
    const name = callName(new URL(request.url).pathname);
    try {
      return await answer(request, name);
    } catch (error) {
      if (error instanceof HostError && error.code !== 'bad_answer') return responseOfHostError(error);
      const reference = `err_${randomUUID()}`;
      options.onError?.({ reference, call: name, error });
      if (error instanceof HostError) {
        return responseOfHostError(
          new HostError('bad_answer', `The host's answer does not fit. Reference: ${reference}`),
        );
      }
      return errorResponse(500, 'internal', `The host could not do this. Reference: ${reference}`);
    }
  };
}

function callName(pathname: string): string {
  const marker = '/bridge/v1/';
  const start = pathname.lastIndexOf(marker);
  return start === -1 ? '' : pathname.slice(start + marker.length);
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HostError('bad_request', 'The body is not JSON.');
  }
}
