import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { entities } from './entities.ts';
import { migrationsList } from './migrate.ts';
import { POOL_MAX } from './pool-size.ts';
import { nameStatements } from './prepared.ts';

export type Orm = MikroORM;

/** Where the rows of test keys lie: see migrations/0017_test_mode.sql. */
const TEST_SCHEMA = 'test_mode';

/**
 * Connects to PostgreSQL. `url` holds a password: it is never logged. `testMode`: to what test keys see and nothing
 * else, since the schema of test mode is the whole search path.
 */
export function connect(url: string, options: { poolMax?: number; testMode?: boolean } = {}): Promise<Orm> {
  const path = options.testMode ? ` -c search_path=${TEST_SCHEMA}` : '';
  return MikroORM.init({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    pool: { min: 0, max: options.poolMax ?? POOL_MAX },
    // What is prepared is planned for any values at its first use: PostgreSQL would plan it five times per connection.
    driverOptions: { onPoolCreated: nameStatements, options: `-c plan_cache_mode=force_generic_plan${path}` },
    migrations: {
      migrationsList: migrationsList(),
      tableName: 'schema_migration',
      transactional: true,
      snapshot: false,
    },
    forceUtcTimezone: true,
    // Standard output belongs to the ready line and to command output.
    logger: () => {},
  });
}

/** Brings the schema up to date, test mode's tables with it. Safe when several processes start together: one migrates, the others wait. */
export async function migrate(orm: Orm): Promise<void> {
  const lock = 7_203_001;
  await orm.em.fork().transactional(async (em) => {
    await em.execute('select pg_advisory_xact_lock(?)', [lock]);
    const waiting = (await orm.migrator.getPending()).length > 0;
    const [made] = await em.execute<unknown[]>(`select 1 from pg_proc where proname = 'open_test_mode'`);
    if (waiting && made) await orm.em.fork().execute('select open_test_mode()');
    await orm.migrator.up();
    await orm.em.fork().execute('select align_test_mode()');
  });
}
