import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { otherCalls } from './fake-clients.ts';
import { invoiceCalls } from './fake-invoices.ts';
import { orderCalls } from './fake-orders.ts';
import { createState, HostSays, type FakeState } from './fake-state.ts';
import { recording, type Shape } from './recorded.ts';

const calls = { ...orderCalls, ...invoiceCalls, ...otherCalls };
const TOKEN = 'staff-token-1234567890';

/** What happens to one call instead of an answer. */
export type Fault =
  /** The connection breaks before or after the host has done it. */
  { kind: 'lost'; done: boolean } | { kind: 'answer'; status: number; body: string; headers?: Record<string, string> };

/** A FOSSBilling in memory on 127.0.0.1, built from the recordings. */
export interface FakeHost {
  baseUrl: string;
  token: string;
  state: FakeState;
  /** Names of all calls since the start or since they were cleared, e.g. "order/create". */
  calls: string[];
  /** Cookies of each call; null for a call without. */
  cookies: (string | undefined)[];
  /** Decides about the next calls; null lets them through. */
  fault: ((call: string, count: number) => Fault | null) | null;
  stop(): Promise<void>;
}

export async function startFakeHost(): Promise<FakeHost> {
  const host: FakeHost = {
    baseUrl: '',
    token: TOKEN,
    state: createState(),
    calls: [],
    cookies: [],
    fault: null,
    stop: async () => undefined,
  };
  const server = createServer((request, response) => void serve(host, request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  host.stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(() => done()));
  };
  return host;
}

async function serve(host: FakeHost, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const [, , role = '', module = '', method = ''] = (request.url ?? '').split('/');
  const name = `${module}/${method}`;
  host.calls.push(name);
  host.cookies.push(request.headers.cookie);
  const fault = host.fault?.(name, host.calls.length) ?? null;
  if (fault?.kind === 'lost' && !fault.done) return void request.socket.destroy();
  if (fault?.kind === 'answer') {
    return void response
      .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
      .end(fault.body);
  }
  const data = JSON.parse(Buffer.concat(parts).toString() || '{}') as Shape;
  const { status, body } = answer(host, role, name, request.headers.authorization, data);
  if (fault?.kind === 'lost') return void request.socket.destroy();
  const cookie = request.headers.cookie ? {} : { 'set-cookie': `PHPSESSID=s${host.calls.length}; path=/; HttpOnly` };
  response.writeHead(status, { 'content-type': 'application/json', ...cookie }).end(JSON.stringify(body));
}

function answer(host: FakeHost, role: string, name: string, authorization: string | undefined, data: Shape) {
  const expected = `Basic ${Buffer.from(`admin:${host.token}`).toString('base64')}`;
  if (role === 'admin' && authorization !== expected) return recorded('unauthorised-error');
  // The real one fails with an error of its database.
  const unstorable = /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(data));
  const refusal = { message: 'SQLSTATE[22007]: Invalid datetime format: 1366 Incorrect string value', code: 9999 };
  if (unstorable) return { status: 200, body: { result: null, error: refusal } };
  const call = calls[name];
  if (call === undefined) return recorded('system.version');
  try {
    return { status: 200, body: { result: call(host.state, data), error: null } };
  } catch (error) {
    if (!(error instanceof HostSays)) throw error;
    return { status: 200, body: { result: null, error: { message: error.message, code: error.code } } };
  }
}

function recorded(name: string) {
  const { status, response } = recording(name);
  return { status, body: response };
}
