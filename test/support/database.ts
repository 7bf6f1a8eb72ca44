import { randomBytes } from 'node:crypto';
import { MikroORM } from '@mikro-orm/postgresql';
import { inject } from 'vitest';

/** A database of its own for a test file, copied from the migrated template. Returns its connection string. */
export async function freshDatabase(): Promise<string> {
  const adminUrl = inject('adminUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const orm = await MikroORM.init({ clientUrl: adminUrl, entities: [], discovery: { warnWhenNoEntities: false } });
  try {
    // Two copies of one template at a time are refused; the loser waits a little.
    for (let attempt = 0; ; attempt++) {
      try {
        await orm.em.fork().execute(`create database ${name} template template_reseller`);
        break;
      } catch (error) {
        if (attempt > 50 || !String(error).includes('being accessed')) throw error;
        await new Promise((done) => setTimeout(done, 50 + Math.random() * 100));
      }
    }
  } finally {
    await orm.close(true);
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
