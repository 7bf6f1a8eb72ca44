import type { ServiceContext } from '../../context.ts';

/** Seals signing secrets anew that an older key of the installation holds, before that key ends with the next rotation. */
export async function resealSigningSecrets({ em, webhooks: { vault } }: ServiceContext): Promise<void> {
  const held = await em.execute<{ id: string; sealed: string }[]>(
    'select id, signing_secret as sealed from api_key where signing_secret is not null and revoked_at is null',
  );
  for (const { id, sealed } of held) {
    const text = vault.isCurrent(sealed) ? null : vault.open(sealed, id);
    if (text !== null)
      await em.execute('update api_key set signing_secret = ? where id = ? and signing_secret = ?', [
        vault.seal(text, id),
        id,
        sealed,
      ]);
  }
}
