import { Command } from 'commander';
import { verifyActivity } from '../modules/activity/verify.ts';
import { systemActor } from '../service.ts';
import { type Io, printJson } from './io.ts';
import { withService } from './with-service.ts';

/** `activity verify`: recomputes the chain of the activity log. Exit 1 when an entry is not what was sealed. */
export function activityCommand(io: Io): Command {
  const command = new Command('activity').description('The activity log and its chain');
  command
    .command('verify')
    .option('--expect-head <hash>', 'a head that was kept elsewhere: the chain must hold it')
    .option('--json', 'print JSON (always does)')
    .action(async ({ expectHead }: { expectHead?: string }) => {
      const report = await withService((service) =>
        verifyActivity(service.context(systemActor), expectHead === undefined ? {} : { expectHead }),
      );
      printJson(io, report);
      io.stderr.write(
        report.broken
          ? `Broken at entry ${report.broken.activityId} (position ${report.broken.position}): ${report.broken.cause}\n`
          : `${report.intact} entries intact, ${report.unsealed} not sealed yet\n`,
      );
      io.exit(report.ok ? 0 : 1);
    });
  return command;
}
