import { type Check, fail, ok } from '../check.ts';

export const databaseMigrated: Check = {
  id: 'database.migrated',
  needs: [],
  look({ pending, place }) {
    if (pending === null) {
      const where = place.databaseUrl === undefined ? `the embedded one in ${place.dataDir}` : 'DATABASE_URL';
      return fail(`The database (${where}) does not answer.`, 'Start it, and check address, user and password.');
    }
    if (pending.length === 0) return ok('The database answers and is up to date.');
    return fail(
      `${pending.length} migration(s) wait, the first is ${pending[0]}.`,
      'Start the service of this version: it migrates before it serves.',
    );
  },
};
