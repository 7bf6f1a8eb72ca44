import type { ServiceContext } from '../../context.ts';
import { GENESIS, type Sealed, SEALED_COLUMNS, sealHash } from './hash.ts';

const BATCH = 1000;
/** Only one sealer at a time may continue the chain. */
const LOCK = 7_203_009;

/**
 * Chains the entries that are not sealed yet, outside the transactions that wrote them, so that no write waits for another.
 * An entry may commit after one with a higher sequence was sealed; so each run looks back as far as what was sealed within
 * the last hour, which no transaction outlives. Returns how many entries were sealed.
 */
export async function sealActivity(ctx: ServiceContext): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await sealBatch(ctx);
    sealed += batch;
    if (batch < BATCH) return sealed;
  }
}

function sealBatch({ em, now }: ServiceContext): Promise<number> {
  return em.fork().transactional(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock(?)', [LOCK]);
    const [head] = await tx.execute<{ position: string; hash: Buffer }[]>(
      'select s.position::text as position, s.hash from activity_seal s order by s.position desc limit 1',
    );
    const entries = await tx.execute<Sealed[]>(
      `select ${SEALED_COLUMNS} from activity a
        where a.sequence > coalesce((select max(sequence) from activity_seal where sealed_at < ?::timestamptz - interval '1 hour'), 0)
          and not exists (select from activity_seal s where s.activity_id = a.id)
        order by a.sequence limit ?`,
      [now, BATCH],
    );
    let position = BigInt(head?.position ?? 0);
    let hash = head?.hash ?? GENESIS;
    const links = entries.map((entry) => {
      position += 1n;
      hash = sealHash(hash, entry);
      return { position: position.toString(), id: entry.id, sequence: entry.sequence, hash: hash.toString('hex') };
    });
    if (links.length > 0) {
      await tx.execute(
        `insert into activity_seal (position, activity_id, sequence, hash, sealed_at)
         select x.position, x.id, x.sequence, decode(x.hash, 'hex'), ?
           from jsonb_to_recordset(?::jsonb) as x(position bigint, id text, sequence bigint, hash text)`,
        [now, JSON.stringify(links)],
      );
    }
    return links.length;
  });
}
