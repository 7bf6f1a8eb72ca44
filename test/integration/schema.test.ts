import { expect, test } from 'vitest';
import { connect } from '../../server/platform/database/orm.ts';
import { freshDatabase } from '../support/database.ts';

test('every entity fits the tables that the migrations make', async () => {
  const orm = await connect(await freshDatabase());
  for (const meta of orm.getMetadata().getAll().values()) {
    const em = orm.em.fork();
    await em.find(meta.class as never, {}, { limit: 1 });
  }
  expect(await orm.migrator.getPending()).toEqual([]);
  await orm.close(true);
});
