import { Command } from 'commander';
import { runReconcile } from '../modules/reconcile/run.ts';
import { systemActor } from '../service.ts';
import { type Io, printJson } from './io.ts';
import { withService } from './with-service.ts';

/** `reconcile run`: compares the host with locks, orders and ledger. Exit 1 when differences are open. */
export function reconcileCommand(io: Io): Command {
  const command = new Command('reconcile').description('Find what differs between the host and us, in money');
  command
    .command('run')
    .option('--json', 'print JSON (always does)')
    .action(async () => {
      const report = await withService((service) => runReconcile(service.context(systemActor), {}));
      printJson(io, report);
      io.stderr.write(`${report.differences.length} difference(s) over ${report.resellers} reseller(s)\n`);
      if (report.continuesAt) {
        io.stderr.write(
          `Not complete: the host's hourly number of calls is used up. Goes on at ${report.continuesAt}\n`,
        );
      }
      io.exit(report.differences.length === 0 && !report.continuesAt ? 0 : 1);
    });
  return command;
}
