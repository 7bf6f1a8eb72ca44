import { Webhook } from 'standardwebhooks';

/** The headers that sign one try of a request; see docs/signed-requests.md. `secret` is the key's signing secret. */
export function createSigner(secret: string): (method: string, url: string, body: string) => Record<string, string> {
  const webhook = new Webhook(secret);
  return (method, url, body) => {
    const { pathname, search } = new URL(url);
    // What a proxy puts before it is not signed: the service does not see it.
    const path = pathname.slice(Math.max(0, pathname.indexOf('/api/'))) + search;
    const id = crypto.randomUUID();
    const now = new Date();
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, now, `${method} ${path}\n${body}`),
    };
  };
}
