import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { createApi, type FossbillingApi } from '../../hooks/hosts/fossbilling/api-client.ts';
import { createCallBudget } from '../../hooks/hosts/fossbilling/call-budget.ts';
import { logIn } from '../../hooks/conformance/drivers/fossbilling-shop.ts';
import { quantile } from '../support/statistics.ts';

/**
 * What the module adds to FOSSBilling's own checkout and cart call: pairs of the same request with and without it, first
 * one and then the other in turn. Without: the host's rows that connect the module's listeners carry another name, which
 * is what the host does when a module is deactivated, only faster.
 *
 * A FOSSBilling that nobody needs, with the module active and paired, whose rate limiter leaves this machine alone:
 *   FOSSBILLING_URL, FOSSBILLING_TOKEN (a staff member who may do everything),
 *   FOSSBILLING_SQL: a command that runs the SQL it reads on the host's database and answers rows at once, such as
 *   "mariadb -N --unbuffered billing",
 *   FOSSBILLING_RESELLER and FOSSBILLING_PLAIN: "address password" of two clients without account credit,
 *   FOSSBILLING_PRODUCT: a monthly product.
 */
const settings = z
  .object({
    FOSSBILLING_URL: z.url(),
    FOSSBILLING_TOKEN: z.string().min(1),
    FOSSBILLING_SQL: z.string().min(1),
    FOSSBILLING_RESELLER: z.string().includes(' '),
    FOSSBILLING_PLAIN: z.string().includes(' '),
    FOSSBILLING_PRODUCT: z.string().default('2'),
    PAIRS: z.coerce.number().int().min(10).default(200),
  })
  .parse(process.env);

const hostUrl = settings.FOSSBILLING_URL.replace(/\/+$/, '');
/** Pairs that are not counted: compiled templates and caches are then there. */
const WARM_UP = 10;
const HIDDEN = 'reseller_bench';

/** One process for all statements: starting it takes longer than what is measured. */
function openSql(command: string) {
  const child = spawn('sh', ['-c', command], { stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  let wake = () => {};
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    wake();
  });
  return {
    async run(sql: string): Promise<string[]> {
      text = '';
      child.stdin.write(`${sql};\nSELECT 'done';\n`);
      while (!/^done$/m.test(text)) await new Promise<void>((resolve) => (wake = resolve));
      return text.split('\n').filter((row) => row !== '' && row !== 'done');
    },
    close: () => child.stdin.end(),
  };
}

type Sql = ReturnType<typeof openSql>;

async function setModule(sql: Sql, active: boolean): Promise<void> {
  const [from, to] = active ? [HIDDEN, 'reseller'] : ['reseller', HIDDEN];
  const where = `extension = 'mod_hook' AND rel_type = 'mod' AND meta_key = 'listener'`;
  await sql.run(`UPDATE extension_meta SET rel_id = '${to}' WHERE ${where} AND rel_id = '${from}'`);
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};

/** Milliseconds without and with the module, pair by pair. */
async function measure(sql: Sql, prepare: () => Promise<void>, work: () => Promise<unknown>) {
  const pairs: { bare: number; hooked: number }[] = [];
  for (let round = -WARM_UP; round < settings.PAIRS; round += 1) {
    const pair = { bare: 0, hooked: 0 };
    for (const active of round % 2 === 0 ? [true, false] : [false, true]) {
      await setModule(sql, active);
      await prepare();
      pair[active ? 'hooked' : 'bare'] = await timed(work);
    }
    if (round >= 0) pairs.push(pair);
  }
  await setModule(sql, true);
  const sorted = (values: number[]) => values.toSorted((left, right) => left - right);
  const added = sorted(pairs.map(({ bare, hooked }) => hooked - bare));
  // Ranks between which the median lies in 95 of 100 cases, whatever the distribution (binomial, p = 1/2).
  const reach = 0.98 * Math.sqrt(added.length);
  const rank = (at: number) => added[Math.min(added.length - 1, Math.max(0, Math.round(at)))] ?? Number.NaN;
  return {
    bare: quantile(sorted(pairs.map(({ bare }) => bare)), 0.5),
    added: quantile(added, 0.5),
    from: rank(added.length / 2 - reach - 1),
    to: rank(added.length / 2 + reach),
  };
}

/** Statements on our tables while a visitor looks at the shop, its cart and a product. */
async function visitorQueries(sql: Sql): Promise<number> {
  await sql.run(`SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = 1`);
  for (const path of ['/', '/order', `/order?product=${settings.FOSSBILLING_PRODUCT}`, '/api/guest/cart/get']) {
    await (await fetch(hostUrl + path)).text();
  }
  const [ours] = await sql.run(
    `SET GLOBAL general_log = 0; SELECT COUNT(*) FROM mysql.general_log WHERE argument LIKE '%mod\\_reseller\\_%' AND argument NOT LIKE '%general%'`,
  );
  return Number(ours);
}

/** What a checkout is invoiced at, so that both halves of a pair are known to be what they are called. */
async function invoicedAt(checkout: () => Promise<unknown>): Promise<number> {
  const { order_id: id } = z.looseObject({ order_id: z.coerce.string() }).parse(await checkout());
  const row = z.object({ unpaid_invoice_id: z.coerce.string() });
  const { unpaid_invoice_id: invoice } = await admin.call('order/get', { id }, row);
  return (await admin.call('invoice/get', { id: invoice }, z.object({ total: z.number() }))).total;
}

async function open(account: string) {
  const [address = '', password = ''] = account.split(' ');
  return logIn(hostUrl, address, password);
}

const admin: FossbillingApi = createApi({
  baseUrl: hostUrl,
  staffToken: settings.FOSSBILLING_TOKEN,
  budget: createCallBudget({ calls: 1e6, lists: 1e6 }),
});
const { list } = await admin.call(
  'invoice/gateway_get_list',
  {},
  z.object({ list: z.array(z.object({ id: z.coerce.string(), enabled: z.coerce.number() })) }),
);
const gateway = list.find(({ enabled }) => enabled === 1)?.id ?? '1';
const sql = openSql(settings.FOSSBILLING_SQL);
const visitorCall = async () => (await fetch(`${hostUrl}/api/guest/cart/get`)).text();

process.stdout.write(`statements on the module's tables for a visitor: ${await visitorQueries(sql)}\n`);
const print = (name: string, { bare, added, from, to }: Awaited<ReturnType<typeof measure>>) => {
  const ms = (value: number) => value.toFixed(1);
  process.stdout.write(`${name}: ${ms(bare)} ms without, added ${ms(added)} ms (95 %: ${ms(from)} to ${ms(to)})\n`);
};
try {
  const nothing = async () => {};
  print('cart call, visitor', await measure(sql, nothing, visitorCall));
  for (const [name, account] of [
    ['plain client', settings.FOSSBILLING_PLAIN],
    ['reseller', settings.FOSSBILLING_RESELLER],
  ] as const) {
    const shop = await open(account);
    const fill = async () => {
      await shop.call('guest/cart/reset', {});
      await shop.call('guest/cart/add_item', {
        id: settings.FOSSBILLING_PRODUCT,
        period: '1M',
        quantity: 1,
        multiple: 1,
      });
    };
    await fill();
    print(`cart call, ${name}`, await measure(sql, nothing, () => shop.call('guest/cart/get', {})));
    const checkout = () => shop.call('client/cart/checkout', { gateway_id: gateway });
    const totals: number[] = [];
    for (const active of [false, true]) {
      await setModule(sql, active);
      await fill();
      totals.push(await invoicedAt(checkout));
    }
    const [bare = 0, hooked = 0] = totals;
    if (hooked < bare !== (name === 'reseller'))
      throw new Error(`The ${name} pays ${bare} without and ${hooked} with.`);
    print(`checkout, ${name}`, await measure(sql, fill, checkout));
  }
} finally {
  await setModule(sql, true);
  sql.close();
}
