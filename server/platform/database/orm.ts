import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { entities } from './entities.ts';
import { migrationsList } from './migrate.ts';
import { POOL_MAX } from './pool-size.ts';
import { nameStatements } from './prepared.ts';

export type Orm = MikroORM;

/** Connects to PostgreSQL. `url` holds a password: it is never logged. */
export function connect(url: string, options: { poolMax?: number } = {}): Promise<Orm> {
  return MikroORM.init({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    pool: { min: 0, max: options.poolMax ?? POOL_MAX },
    // What is prepared is planned for any values at its first use: PostgreSQL would plan it five times per connection.
    driverOptions: { onPoolCreated: nameStatements, options: '-c plan_cache_mode=force_generic_plan' },
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

/** Brings the schema up to date. Safe when several processes start together: one migrates, the others wait. */
export async function migrate(orm: Orm): Promise<void> {
  const lock = 7_203_001;
  await orm.em.fork().transactional(async (em) => {
    await em.execute('select pg_advisory_xact_lock(?)', [lock]);
    await orm.migrator.up();
  });
}
