import { Command } from 'commander';
import { runDoctor } from '../doctor/run.ts';
import { readEnvironment } from '../env.ts';
import { provideDatabase } from '../platform/database/provide.ts';
import { type Io, printJson } from './io.ts';

const marks = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL', skip: 'skip' };

/** `doctor`: everything an installation needs, and how to mend what is wrong. Exit 1 when a check failed. */
export function doctorCommand(io: Io): Command {
  return new Command('doctor')
    .description('Say what is wrong with this installation, and how to mend it')
    .option('--json', 'print JSON (always does)')
    .option('--service <url>', 'where the service answers, if not at BIND and PORT')
    .action(async ({ service }: { service?: string }) => {
      const env = readEnvironment(process.env);
      const database = await provideDatabase(env);
      try {
        const serviceUrl = service?.replace(/\/+$/, '') ?? `http://${env.bind}:${env.port}`;
        const report = await runDoctor({ env, databaseUrl: database.url, serviceUrl });
        printJson(io, report);
        for (const { id, status, what, mend } of report.checks) {
          io.stderr.write(`${marks[status]} ${id.padEnd(28)} ${what}${mend ? `\n     → ${mend}` : ''}\n`);
        }
        io.exit(report.ok ? 0 : 1);
      } finally {
        await database.release();
      }
    });
}
