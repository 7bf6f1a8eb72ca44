import { readFileSync, readdirSync } from 'node:fs';
import type { MigrationObject } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { packageRoot } from '../root.ts';

const FOLDER = new URL('migrations/', packageRoot);

/**
 * The migrations as MikroORM wants them, one class for each SQL file, in the order of their names.
 * SQL-first: a release only adds (expand); what became unused is dropped by a later one (contract).
 */
export function migrationsList(): MigrationObject[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(new URL(name, FOLDER), 'utf8');
      return {
        name: name.replace('.sql', ''),
        class: class extends Migration {
          override up(): void {
            this.addSql(sql);
          }
        },
      };
    });
}
