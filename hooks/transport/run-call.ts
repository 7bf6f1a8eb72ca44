import { calls, type CallName, type HostPort } from '../contract/calls/index.ts';
import { HostError } from '../contract/host-error.ts';

/** The call of that name, or null. Looks at own names only, so that "constructor" is none. */
export function findCall(name: string): CallName | null {
  return Object.hasOwn(calls, name) ? (name as CallName) : null;
}

/** Where in a value a schema found fault: paths and rules, never the values themselves. */
export function faults(error: { issues: { path: PropertyKey[]; message: string }[] }): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(String).join('.') || 'body'}: ${issue.message}`)
    .join('; ')
    .slice(0, 300);
}

/**
 * Parses a request with the call's schema (which fills defaults in).
 * @throws HostError bad_request.
 */
export function parseCallRequest(name: CallName, request: unknown): unknown {
  const parsed = calls[name].request.safeParse(request);
  if (!parsed.success) throw new HostError('bad_request', faults(parsed.error));
  return parsed.data;
}

/**
 * Parses an answer with the call's schema.
 * @throws HostError bad_answer.
 */
export function parseCallResponse(name: CallName, response: unknown): unknown {
  const parsed = calls[name].response.safeParse(response);
  if (!parsed.success) throw new HostError('bad_answer', faults(parsed.error));
  return parsed.data;
}

/**
 * One call on a port, with both shapes checked.
 * @throws HostError of the port, bad_request or bad_answer; anything else the port throws is passed on.
 */
export async function runCall(port: HostPort, name: CallName, request: unknown): Promise<unknown> {
  const run = port[name] as (request: unknown) => Promise<unknown>;
  return parseCallResponse(name, await run.call(port, parseCallRequest(name, request)));
}

/** A HostPort whose every call goes through one function. */
export function hostPortOf(send: (name: CallName, request: unknown) => Promise<unknown>): HostPort {
  const names = Object.keys(calls) as CallName[];
  const entries = names.map((name) => [name, (request: unknown) => send(name, request)] as const);
  // Each entry answers what its call's schema parsed, so the pairs of name and shape hold.
  return Object.fromEntries(entries) as unknown as HostPort;
}
