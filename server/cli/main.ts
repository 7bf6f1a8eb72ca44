import { Command } from 'commander';
import type { Io } from './io.ts';

/** `reseller-plugin <command>`: one JSON document on stdout, words on stderr; exit 0 good, 1 found bad, 2 bad input. */
const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  exit: (code) => {
    process.exitCode = code;
  },
};

/** Loaded when called: pricing on files must not wait for a database driver. */
const commands: Record<string, () => Promise<(io: Io) => Command>> = {
  prices: async () => (await import('./prices.ts')).pricesCommand,
  manifest: async () => (await import('./manifest.ts')).manifestCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  import: async () => (await import('./import.ts')).importCommand,
  reconcile: async () => (await import('./reconcile.ts')).reconcileCommand,
  keys: async () => (await import('./keys.ts')).keysCommand,
  token: async () => (await import('./token.ts')).tokenCommand,
  pair: async () => (await import('./pair.ts')).pairCommand,
  permissions: async () => (await import('./permissions.ts')).permissionsCommand,
  features: async () => (await import('./features.ts')).featuresCommand,
  conformance: async () => (await import('./conformance.ts')).conformanceCommand,
};

async function main(): Promise<void> {
  const program = new Command('reseller-plugin').description('The reseller plugin on the command line').exitOverride();
  const load = commands[process.argv[2] ?? ''];
  const wanted = load ? [load] : Object.values(commands);
  for (const make of wanted) program.addCommand((await make())(io).exitOverride());
  await program.parseAsync();
}

main().catch((error: unknown) => {
  const { code } = error as { code?: string };
  if (code === 'commander.help' || code === 'commander.helpDisplayed') process.exitCode = 0;
  else {
    // commander has said what is wrong with the arguments itself.
    if (!code?.startsWith('commander.'))
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
});
