import { Command } from 'commander';
import { readEnvironment } from '../env.ts';
import { issueCode } from '../modules/pairing/issue-code.ts';
import { connect, migrate } from '../platform/database/orm.ts';
import { provideDatabase } from '../platform/database/provide.ts';
import { codeWords } from '../process/code-words.ts';
import { type Io, printJson } from './io.ts';

/** `pair`: a one-time code for the settings page of the host's module; on a paired host it brings new keys. */
export function pairCommand(io: Io): Command {
  return new Command('pair')
    .description('Make a one-time code that pairs the host')
    .option('--json', 'print JSON (always does)')
    .action(async () => {
      const env = readEnvironment(process.env);
      if (env.host === 'sandbox') {
        throw new Error('The sandbox shares its keys with the service and is not paired. Set RESELLER_HOST first.');
      }
      const database = await provideDatabase(env);
      const orm = await connect(database.url, { poolMax: 2 });
      try {
        await migrate(orm);
        const { code, expiresAt } = await issueCode(orm.em.fork(), new Date());
        const service = `http://${env.bind}:${env.port}`;
        printJson(io, {
          code,
          expiresAt: expiresAt.toISOString(),
          service,
          host: { kind: env.host, url: env.hostUrl },
        });
        io.stderr.write(codeWords(env, service, code));
      } finally {
        await orm.close(true);
        await database.release();
      }
    });
}
