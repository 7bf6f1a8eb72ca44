import { Command } from 'commander';
import { createKey } from '../modules/api-key/create.ts';
import { adminPermissions, type Permission, resellerPermissions } from '../permissions.ts';
import { systemActor } from '../service.ts';
import { type Io, printJson } from './io.ts';
import { withService } from './with-service.ts';

/** `keys create`: a key for a reseller, or with --admin for the provider's own automation. Printed once. */
export function keysCommand(io: Io): Command {
  const command = new Command('keys').description('API keys');
  command
    .command('create')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--reseller <id>', 'the reseller whose key it is')
    .option('--admin', 'a key of the provider itself')
    .option('--scopes <list>', 'scopes, separated by commas; left out = all that this kind of key may have')
    .action(async (options: { name: string; reseller?: string; admin?: boolean; scopes?: string }) => {
      if (Boolean(options.reseller) === Boolean(options.admin))
        throw new Error('Give either --reseller ID or --admin.');
      const all = options.admin ? adminPermissions : resellerPermissions;
      const scopes = options.scopes?.split(',').map((scope) => scope.trim()) ?? [...all];
      const made = await withService((service) =>
        createKey(service.context(systemActor), {
          name: options.name,
          resellerId: options.reseller ?? null,
          scopes: scopes as Permission[],
        }),
      );
      printJson(io, made);
      io.stderr.write('The key is shown only here. Store it now.\n');
    });
  return command;
}
