import { fill } from '../scripts/seed/fill.ts';
import type { Size } from '../scripts/seed/size.ts';
import type { ServiceContext } from '../server/context.ts';
import { syncCatalogue } from '../server/modules/catalogue/sync.ts';
import { refreshFigures } from '../server/modules/network/figure.ts';
import { assignPrices } from '../server/modules/price-list/assign.ts';
import { reviewTiers } from '../server/modules/tier/review.ts';
import { adminPermissions } from '../server/permissions.ts';
import { connect, migrate } from '../server/platform/database/orm.ts';
import { allVerbs } from '../server/verbs.ts';
import type { Bench, BenchRun } from './support/bench.ts';
import { makeCatalogue } from './support/catalogue.ts';
import { instantHost } from './support/host.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { grown, type Line } from './support/line.ts';
import { type LoadCall, loadCalls } from './support/load-calls.ts';

/** A hundredth, but no fewer resellers than a page shows: pages of different length cannot be compared. */
const FEWEST = 20;
const LIMITS = { list: 1.5, dashboard: 1.3 };
/** A reseller that both sizes have, with the programme's currency. */
const OWN = { id: 'rs_seed0000003', hostClientId: 'seed-3' };

/** What lists and dashboards cost in a large network beside a small one, in turns. Median of each call in ms. */
export const load: Bench = {
  name: 'load',
  run: async (run) => {
    const rounds = run.quick ? 5 : 25;
    const size = run.seededUrl ? await sizeOfSeeded(run.seededUrl) : sizeOf(run.quick ? 50 : run.resellers);
    const small = await open(run, await seeded(run, 'load_small', hundredth(size)));
    const large = await open(run, run.seededUrl ?? (await seeded(run, 'load_large', size)));
    try {
      const lines: Line[] = [];
      for (const [name, job, target] of jobs) {
        const seconds = async (each: Installation) => [await timed(() => job(each.system()))];
        run.say(`load: ${name}`);
        lines.push(
          grown({ bench: `load.jobs.${name}`, unit: 'ms', ours: await seconds(large) }, await seconds(small), target),
        );
      }
      for (const call of loadCalls) {
        lines.push(await compare(call, small, large, rounds));
        run.say(`load: ${lines.at(-1)!.bench} ${lines.at(-1)!.ratio!.toFixed(2)}`);
      }
      return lines;
    } finally {
      await small.service.stop();
      await large.service.stop();
    }
  },
};

/** Jobs look at everybody by their nature: how much more for a hundred times as many is a figure, without a target. */
const jobs: [string, (ctx: ServiceContext) => Promise<unknown>, null][] = [
  ['refresh-network', refreshFigures, null],
  ['review-tiers', reviewTiers, null],
];

/** The proportions of the largest network that is planned for: 2,000, 200,000, 1,000,000, 10,000,000. */
const sizeOf = (resellers: number): Size => ({
  resellers,
  customers: resellers * 100,
  services: resellers * 500,
  ledger: resellers * 5000,
});

/** A hundredth in the same proportions: each reseller has as much as in the large network. */
function hundredth({ resellers, customers, services, ledger }: Size): Size {
  const fewer = Math.max(FEWEST, Math.round(resellers / 100));
  const part = (all: number) => Math.max(fewer, Math.round((all * fewer) / resellers));
  return { resellers: fewer, customers: part(customers), services: part(services), ledger: part(ledger) };
}

async function sizeOfSeeded(url: string): Promise<Size> {
  const orm = await connect(url);
  try {
    const [size] = await orm.em.fork().execute<Size[]>(
      `select (select count(*)::int from reseller) as resellers, (select count(*)::int from customer) as customers,
              (select count(*)::int from service) as services, (select count(*)::int from ledger) as ledger`,
    );
    return size!;
  } finally {
    await orm.close(true);
  }
}

async function seeded({ database, say }: BenchRun, name: string, size: Size): Promise<string> {
  say(`load: filling ${name}, ${size.resellers} resellers, ${size.ledger} ledger lines`);
  const url = await database(name);
  const orm = await connect(url);
  try {
    await migrate(orm);
    await fill(orm, size, () => {});
  } finally {
    await orm.close(true);
  }
  return url;
}

/** The service on it, with prices for everybody and the figures that jobs make. */
async function open({ say }: BenchRun, url: string): Promise<Installation> {
  const installation = await openInstallation(url, instantHost({ current: makeCatalogue(20) }));
  say('load: price lists');
  await syncCatalogue(installation.system(), {});
  const ctx = installation.system();
  await ctx.em.transactional(async (em) => assignPrices({ ...ctx, em }, null, { compile: 'here' }));
  return installation;
}

async function compare(call: LoadCall, small: Installation, large: Installation, rounds: number): Promise<Line> {
  const verb = allVerbs.find(({ procedure }) => procedure === call.procedure);
  if (!verb) throw new Error(`There is no procedure ${call.procedure}.`);
  const context = (each: Installation): ServiceContext =>
    call.as === 'reseller'
      ? each.as(OWN)
      : each.service.context({ kind: 'admin', id: 'admin:bench', name: 'Bench', permissions: adminPermissions });
  const once = (each: Installation) => timed(() => verb(context(each), call.input as never));
  const samples: { small: number[]; large: number[] } = { small: [], large: [] };
  // The first ones fill caches and prepare statements.
  for (let round = -3; round < rounds; round += 1) {
    // In turns, each first every other time: what else the machine does falls on both.
    const pair = { small: 0, large: 0 };
    for (const which of round % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const)) {
      pair[which] = await once(which === 'small' ? small : large);
    }
    if (round < 0) continue;
    samples.small.push(pair.small);
    samples.large.push(pair.large);
  }
  const name = [`load.${call.as}.${call.procedure}`, call.way].filter(Boolean).join(' ');
  return grown({ bench: name, unit: 'ms', ours: samples.large }, samples.small, LIMITS[call.kind]);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
