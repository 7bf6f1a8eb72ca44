import { Command } from 'commander';
import { access } from '../access.ts';
import { features } from '../features/index.ts';
import { allVerbs } from '../verbs.ts';
import { type Io, printJson } from './io.ts';

/** `features`: every feature with where it lives, its procedures with what each takes, and the tests that fail without it. */
export function featuresCommand(io: Io): Command {
  return new Command('features')
    .description('What the service can do')
    .option('--json', 'print JSON (always does)')
    .action(() => {
      const modes = new Map(allVerbs.map(({ procedure, mode }) => [procedure as string, mode]));
      const rows = features.map((feature) => ({
        ...feature,
        procedures: feature.procedures.map((procedure) => {
          const { permission, who } = access[procedure]!;
          return { procedure, permission, who, mode: modes.get(procedure) };
        }),
      }));
      printJson(io, { features: rows });
    });
}
