import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';

const RowSchema = defineEntity({
  name: 'BenchRow',
  tableName: 'bench_row',
  properties: { id: p.string().primary(), resellerId: p.string(), payload: p.json<object>(), createdAt: p.datetime() },
});
class BenchRow extends RowSchema.class {}
RowSchema.setClass(BenchRow);

export interface BareInsert {
  /** One row, in a transaction of its own, through the ORM. */
  insert(): Promise<void>;
  stop(): Promise<void>;
}

/** The peer of every verb that writes: the least that a durable change costs through MikroORM. */
export async function openBareInsert(databaseUrl: string): Promise<BareInsert> {
  const orm = await MikroORM.init({
    clientUrl: databaseUrl,
    entities: [BenchRow],
    pool: { min: 0, max: 20 },
    logger: () => {},
  });
  await orm.em
    .fork()
    .execute(
      'create table bench_row (id text primary key, reseller_id text not null, payload jsonb not null, created_at timestamptz not null)',
    );
  const payload = { number: 1, title: 'Server 1', amounts: ['12.40', '3.00'] };
  return {
    insert: () =>
      orm.em.fork().transactional(async (em) => {
        em.create(BenchRow, { id: randomUUID(), resellerId: 'rs_1', payload, createdAt: new Date() });
        await em.flush();
      }),
    stop: () => orm.close(true),
  };
}
