import { Command } from 'commander';
import { runConformance } from '../../hooks/conformance/run.ts';
import { type Io, printJson } from './io.ts';

/** `conformance --host sandbox`: the suite every bridge must pass. Exit 1 when a case fails. */
export function conformanceCommand(io: Io): Command {
  return new Command('conformance')
    .description('Run the conformance suite against a host')
    .requiredOption('--host <kind>', 'the host: sandbox, or fossbilling (FOSSBILLING_URL, FOSSBILLING_TOKEN)')
    .option('--json', 'print JSON (always does)')
    .action(async ({ host }: { host: string }) => {
      const report = await runConformance(host);
      printJson(io, report);
      io.exit(report.failed === 0 ? 0 : 1);
    });
}
