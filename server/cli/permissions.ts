import { Command } from 'commander';
import {
  adminPermissions,
  clientPermissions,
  hostPermissions,
  permissions,
  resellerPermissions,
} from '../permissions.ts';
import { allVerbs } from '../verbs.ts';
import { type Io, printJson } from './io.ts';

/** `permissions matrix`: which kind of user may hold which permission, and what each permission opens. */
export function permissionsCommand(io: Io): Command {
  const command = new Command('permissions').description('Permissions');
  command
    .command('matrix')
    .option('--json', 'print JSON (always does)')
    .action(() => {
      const rows = permissions.map((name) => ({
        permission: name,
        admin: adminPermissions.has(name),
        reseller: resellerPermissions.has(name),
        client: clientPermissions.has(name),
        host: hostPermissions.has(name),
        procedures: allVerbs.filter(({ permission }) => permission === name).map(({ procedure }) => procedure),
      }));
      printJson(io, { rows });
    });
  return command;
}
