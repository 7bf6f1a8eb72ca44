import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { createKey } from '../modules/api-key/create.ts';
import type { KeyMode } from '../modules/api-key/format.ts';
import { identifyKey, recogniseKeys } from '../modules/api-key/recognise.ts';
import { adminPermissions, type Permission, resellerPermissions } from '../permissions.ts';
import { systemActor } from '../service.ts';
import { type Io, printJson } from './io.ts';
import { withService } from './with-service.ts';

interface CreateOptions {
  name: string;
  reseller?: string;
  admin?: boolean;
  mode: KeyMode;
  signed?: boolean;
  scopes?: string;
}

/** `keys create`: a key for a reseller, or with --admin for the provider's own automation. `keys check`: finds leaked ones. */
export function keysCommand(io: Io): Command {
  const command = new Command('keys').description('API keys');
  command
    .command('create')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--reseller <id>', 'the reseller whose key it is')
    .option('--admin', 'a key of the provider itself')
    .addOption(
      new Option('--mode <mode>', 'test: what it orders stays in test mode').choices(['live', 'test']).default('live'),
    )
    .option('--signed', 'every request with it has to be signed')
    .option('--scopes <list>', 'scopes, separated by commas; left out = all that this kind of key may have')
    .action((options: CreateOptions) => create(io, options));
  command
    .command('check')
    .description('finds keys in files, or in what it is given on standard input; exit 1 when there is one')
    .argument('[files...]', 'files to look through')
    .option('--known', 'say what each key is in this installation')
    .action((files: string[], { known = false }: { known?: boolean }) => check(io, files, known));
  return command;
}

/** The key is printed once. */
async function create(io: Io, { name, reseller, admin, mode, signed = false, scopes }: CreateOptions): Promise<void> {
  if (Boolean(reseller) === Boolean(admin)) throw new Error('Give either --reseller ID or --admin.');
  const all = [...(admin ? adminPermissions : resellerPermissions)];
  const made = await withService((service) =>
    createKey(service.context(systemActor), {
      name,
      resellerId: reseller ?? null,
      mode,
      signed,
      scopes: (scopes?.split(',').map((scope) => scope.trim()) as Permission[] | undefined) ?? all,
    }),
  );
  printJson(io, made);
  io.stderr.write('The key is shown only here. Store it now.\n');
}

/** Prints where keys stand and what may be shown of them, never a key. */
async function check(io: Io, files: readonly string[], known: boolean): Promise<void> {
  const texts = files.map((file) => ({ file, content: readFileSync(file, 'utf8') }));
  if (texts.length === 0) texts.push({ file: '-', content: await text(process.stdin) });
  const found = texts.flatMap(({ file, content }) => recogniseKeys(content).map((one) => ({ file, ...one })));
  const whose = known
    ? await withService((service) => {
        const { em, now } = service.context(systemActor);
        return Promise.all(found.map(({ key }) => identifyKey(em.fork(), key, now)));
      })
    : [];
  const keys = found.map(({ file, line, prefix }, at) => ({
    file,
    line,
    prefix,
    ...(known ? { known: whose[at] } : {}),
  }));
  printJson(io, { keys });
  io.stderr.write(keys.length === 0 ? 'No key found.\n' : `${keys.length} found. Revoke each that is still good.\n`);
  io.exit(keys.length === 0 ? 0 : 1);
}
