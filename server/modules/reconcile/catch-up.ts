import { hostActor } from '../../actors.ts';
import type { ServiceContext } from '../../context.ts';
import { takeIn } from '../intake/take-in.ts';

const NAME = 'host';
const PAGE = 200;

/**
 * Takes in the events the host kept since the last time, so that what is merely on its way is not called lost. Events
 * that arrived already are duplicates and change nothing.
 */
export async function catchUp(ctx: ServiceContext): Promise<void> {
  const [row] = await ctx.em
    .fork()
    .execute<{ cursor: string }[]>('select cursor from change_cursor where name = ?', [NAME]);
  let cursor = row?.cursor ?? '';
  for (;;) {
    const page = await ctx.host['changes.read']({ cursor, limit: PAGE });
    const results = await takeIn(() => ({ ...ctx, em: ctx.em.fork(), actor: hostActor }), page.events);
    if (page.events.length === 0 || page.cursor === cursor || results.length < page.events.length) return;
    cursor = page.cursor;
    await ctx.em
      .fork()
      .execute(
        'insert into change_cursor (name, cursor) values (?, ?) on conflict (name) do update set cursor = excluded.cursor',
        [NAME, cursor],
      );
  }
}
