import { Command } from 'commander';
import { allVerbs } from '../verbs.ts';
import { type Io, printJson } from './io.ts';

/** `features`: every verb with its procedure, permission and how it runs. */
export function featuresCommand(io: Io): Command {
  return new Command('features')
    .description('What the service can do')
    .option('--json', 'print JSON (always does)')
    .action(() => {
      printJson(io, { features: allVerbs.map(({ procedure, permission, mode }) => ({ procedure, permission, mode })) });
    });
}
