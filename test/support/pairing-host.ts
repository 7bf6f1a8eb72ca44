import { createHmac, randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { listen } from '../../hooks/transport/listen.ts';

/** How this host's module behaves when the service calls back. */
export interface ModuleBehaviour {
  /** Answers with a proof made of this code instead of the one that was typed in. */
  knows?: string;
  status?: number;
  token?: string;
  delayMs?: number;
}

/** The other end of a pairing: what the module in a host does, over HTTP. The host's own API is not there. */
export async function startPairingHost() {
  const pending = new Map<string, string>();
  const behaviour: ModuleBehaviour = {};
  const calledBack: unknown[] = [];
  const app = new Hono();
  app.post('/reseller/pairing', async (c) => {
    const body = await c.req.json<{ nonce: string; challenge: string; proof: string }>();
    calledBack.push(body);
    if (behaviour.delayMs) await new Promise((done) => setTimeout(done, behaviour.delayMs));
    if (behaviour.status) return c.text('no', behaviour.status as 500);
    const code = pending.get(body.nonce);
    const proof = (role: string, key: string) =>
      createHmac('sha256', key).update(`${role}.${body.nonce}.${body.challenge}`).digest('hex');
    if (code === undefined || proof('service', code) !== body.proof) return c.json({ error: {} }, 401);
    return c.json({
      proof: proof('host', behaviour.knows ?? code),
      access: { token: behaviour.token ?? 'staff-token-1' },
    });
  });
  const web = await listen((request) => app.fetch(request));
  return {
    url: web.url,
    behaviour,
    calledBack,
    stop: web.stop,
    /** What the module's settings page does with an address and a code. */
    async pair(serviceUrl: string, typed: string, change: object = {}) {
      const code = typed.toUpperCase().replaceAll(/[\s-]/g, '');
      const nonce = randomBytes(16).toString('hex');
      pending.set(nonce, code);
      const body = {
        code,
        nonce,
        host: { kind: 'fossbilling', version: '0.8.5', url: `${web.url}/` },
        module: { version: '1.0.0' },
        contracts: ['1'],
        ...change,
      };
      const response = await fetch(`${serviceUrl}/hooks/v1/pair`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as PairingResult };
    },
  };
}

/** Either the keys, or why there are none. */
export interface PairingResult {
  installation: string;
  keys: Record<'hostToPlugin' | 'pluginToHost' | 'session', { id: string; secret: string }>;
  error?: { code: string; message: string };
}
