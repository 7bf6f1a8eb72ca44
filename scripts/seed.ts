import { parseArgs } from 'node:util';
import { connect, migrate } from '../server/platform/database/orm.ts';
import { provideDatabase } from '../server/platform/database/provide.ts';
import { readEnvironment } from '../server/env.ts';
import { fill } from './seed/fill.ts';

const USAGE = `npm run seed -- [--resellers 200] [--customers 20000] [--services 100000] [--ledger 1000000]
  Fills the empty database of DATABASE_URL, or the embedded one of DATA_DIR, with a network of that size.
  A database that holds an installation is refused.`;

const number = (text: string): number => {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`"${text}" is no number of things.`);
  return value;
};

/** Exit 1: refused or failed, and nothing was written; 2: bad arguments. */
async function main(): Promise<void> {
  const size = readSize();
  const env = readEnvironment(process.env);
  const database = await provideDatabase(env);
  try {
    const orm = await connect(database.url);
    try {
      await migrate(orm);
      await fill(orm, size, (words) => void process.stderr.write(`${words}\n`));
    } finally {
      await orm.close(true);
    }
  } finally {
    await database.release();
  }
}

function readSize() {
  try {
    const text = (standard: string) => ({ type: 'string', default: standard }) as const;
    const { values } = parseArgs({
      options: { resellers: text('200'), customers: text('20000'), services: text('100000'), ledger: text('1000000') },
    });
    const { resellers, customers, services, ledger } = values;
    return {
      resellers: number(resellers),
      customers: number(customers),
      services: number(services),
      ledger: number(ledger),
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
