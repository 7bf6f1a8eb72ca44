import type { ServiceContext } from '../../context.ts';
import { WebhookEndpoint } from './entity.ts';

/** Seals secrets anew that an older key of the installation holds, before that key ends with the next rotation. */
export async function resealSecrets({ em: parent, webhooks: { vault } }: ServiceContext): Promise<void> {
  const em = parent.fork();
  for (const { id, secret, oldSecret } of await em.findAll(WebhookEndpoint)) {
    for (const [column, sealed] of [
      ['secret', secret],
      ['old_secret', oldSecret],
    ] as const) {
      const text = sealed && !vault.isCurrent(sealed) ? vault.open(sealed, id) : null;
      if (text !== null)
        await em.execute(`update webhook_endpoint set ${column} = ? where id = ? and ${column} = ?`, [
          vault.seal(text, id),
          id,
          sealed,
        ]);
    }
  }
}
