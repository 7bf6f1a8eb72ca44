import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from './checkout.ts';
import { compile } from './compile.ts';
import { keys } from './keys.ts';
import { load } from './load.ts';
import { orders } from './orders.ts';
import { quotes } from './quotes.ts';
import type { Bench, BenchRun } from './support/bench.ts';
import { startDatabase } from './support/database.ts';
import type { Line } from './support/line.ts';
import { tableOf } from './support/table.ts';
import { webhooks } from './webhooks.ts';

const benches: Bench[] = [quotes, keys, orders, checkout, compile, webhooks, load];

const USAGE = `npm run bench -- [--json] [--only NAME] [--quick] [--resellers N | --seeded URL]
  --json   one JSON object a line, without the table
  --only   one group (${benches.map(({ name }) => name).join(', ')}) or one line of it, such as quotes.one-line
  --quick  about half a minute in all, with little behind its figures
  --resellers  size of the large network of the group load (200; 2000 takes half an hour), 5,000 ledger lines each
  --seeded     connection string of a database filled by npm run seed -- --resellers N: load measures that one`;

const say = (words: string) => void process.stderr.write(`${words}\n`);

/** Runs the benches one after the other. Exit 1: something failed, 2: bad arguments; a missed target is neither. */
async function main(): Promise<void> {
  const options = readArguments();
  const wanted = benches.filter(({ name }) => options.only === undefined || isWithin(options.only, name));
  if (wanted.length === 0) badArguments(`There is no bench "${options.only}".`);
  const folder = mkdtempSync(join(tmpdir(), 'reseller-bench-'));
  // PostgreSQL may run as another user than this process and must be able to get in.
  chmodSync(folder, 0o755);
  const database = await startDatabase(join(folder, 'database'));
  const clean = async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void clean().finally(() => process.exit(130)));
  }
  const run: BenchRun = {
    quick: options.quick,
    resellers: options.resellers,
    ...(options.seeded === undefined ? {} : { seededUrl: options.seeded }),
    database: database.create,
    folder: (name) => {
      mkdirSync(join(folder, name), { recursive: true });
      return join(folder, name);
    },
    say,
  };
  try {
    const lines: Line[] = [];
    for (const bench of wanted) {
      const found = (await bench.run(run)).filter(
        ({ bench: name }) => options.only === undefined || isWithin(name, options.only),
      );
      if (options.json) for (const line of found) process.stdout.write(`${JSON.stringify(line)}\n`);
      lines.push(...found);
    }
    if (!options.json) process.stdout.write(`\n${tableOf(lines)}`);
  } finally {
    await clean();
  }
}

/** True for the name itself and for what stands below it. */
function isWithin(name: string, above: string): boolean {
  return name === above || name.startsWith(`${above}.`);
}

interface Options {
  json: boolean;
  quick: boolean;
  resellers: number;
  only?: string;
  seeded?: string;
}

function readArguments(): Options {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        resellers: { type: 'string', default: '200' },
        seeded: { type: 'string' },
      },
    });
    const { only, seeded, ...rest } = values;
    const resellers = Number(values.resellers);
    if (!Number.isSafeInteger(resellers) || resellers < 20) throw new Error('--resellers takes a number from 20 on.');
    return {
      ...rest,
      resellers,
      ...(only === undefined ? {} : { only }),
      ...(seeded === undefined ? {} : { seeded }),
    };
  } catch (error) {
    return badArguments(error instanceof Error ? error.message : String(error));
  }
}

function badArguments(words: string): never {
  process.stderr.write(`${words}\n${USAGE}\n`);
  process.exit(2);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
