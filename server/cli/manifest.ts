import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkManifest, factsOfCode, manifestFile, packageVersion, readManifest } from '../manifest.ts';
import { type Io, printJson } from './io.ts';

/** `manifest check`: does the manifest say what the code does? `manifest write` puts the facts of the code in. */
export function manifestCommand(io: Io): Command {
  const command = new Command('manifest').description('The plugin manifest');
  command.command('check').action(() => {
    const problems = checkManifest(readManifest(), packageVersion());
    printJson(io, { problems });
    io.exit(problems.length === 0 ? 0 : 1);
  });
  command.command('write').action(() => {
    const manifest = { ...(readManifest() as object), ...factsOfCode(packageVersion()) };
    writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
    printJson(io, { written: 'plugin.manifest.json' });
  });
  return command;
}
