import { randomBytes } from 'node:crypto';
import type { InstallationKeys } from '../../transport/keys.ts';
import { pairingProof } from '../../transport/pairing-proof.ts';

/** The service's side of a pairing, for a module that is asked by its own settings page to pair with the suite. */
export function createPairingDesk(baseUrl: string, keys: InstallationKeys) {
  let code = '';
  let token: string | null = null;

  async function answer(request: Request): Promise<Response> {
    const asked = (await request.json()) as { code: string; nonce: string };
    if (asked.code !== code) return Response.json({ error: { code: 'wrong_code', message: 'no' } }, { status: 401 });
    const challenge = randomBytes(16).toString('hex');
    const proof = pairingProof('service', code, asked.nonce, challenge);
    const back = await fetch(`${baseUrl}/reseller/pairing`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nonce: asked.nonce, challenge, proof }),
    });
    const told = (await back.json()) as { proof?: string; access?: { token?: string } };
    if (told.proof !== pairingProof('host', code, asked.nonce, challenge)) {
      return Response.json(
        { error: { code: 'host_unreachable', message: 'The host gave no proof.' } },
        { status: 502 },
      );
    }
    token = told.access?.token ?? null;
    const newest = { hostToPlugin: keys.hostToPlugin[0], pluginToHost: keys.pluginToHost[0], session: keys.session[0] };
    return Response.json({
      contract: '1',
      installation: keys.installation,
      keys: newest,
      service: { version: '0.0.0' },
    });
  }

  return {
    answer,
    /** A code for the settings page. */
    newCode: (): string => (code = randomBytes(8).toString('hex').toUpperCase()),
    /** The token of the staff account that the module made. @throws Error when it gave none */
    token(): string {
      if (token === null) throw new Error('the module gave no access token');
      return token;
    },
  };
}
