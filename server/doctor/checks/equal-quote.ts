import { HostError, type OrderItem } from '../../../hooks/contract/index.ts';
import { NotApplicable } from '../../../hooks/conformance/case.ts';
import { pickItem } from '../../../hooks/conformance/pick-item.ts';
import { minorUnits } from '../../../hooks/prices/money.ts';
import { CatalogueReader } from '../../modules/catalogue/reader.ts';
import { PriceReader } from '../../modules/price-list/reader.ts';
import { priceLines } from '../../modules/quote/price-lines.ts';
import { Reseller } from '../../modules/reseller/entity.ts';
import { loadStanding } from '../../modules/reseller/standing.ts';
import { aboutOf } from '../about.ts';
import { type Check, fail, ok, skip } from '../check.ts';
import type { Examination } from '../examine.ts';

/** The same order priced by the service and by the bridge's own look-up must come to the same amounts. */
export const equalQuote: Check = {
  id: 'quote.equal',
  needs: ['bridge', 'database'],
  async look(examination) {
    const { bridge, host, orm, now } = examination;
    if (!bridge || !host || !aboutOf(examination).capabilities.includes('priceCheck')) {
      return skip('The bridge in the host cannot be asked for a price.');
    }
    const reseller = await orm.em.fork().findOne(Reseller, { status: 'active' }, { orderBy: { id: 'asc' } });
    if (!reseller) return skip('There is no active reseller yet.');
    const { listHash, currency, hostClientId: clientId } = await loadStanding(orm.em.fork(), reseller.id, now);
    const item = pick(await host['catalogue.read']({}), currency);
    if (!item) return skip(`Nothing that renews is sold in ${currency}.`);
    const theirs = await bridge['prices.check']({ clientId, currency, lines: [item] });
    const order = `${item.product}, ${item.term}, ${currency}, for ${reseller.company}`;
    const mend = 'Run the doctor again when prices.in-step is in order. If it stays, do not sell: report both amounts.';
    if (theirs.decision !== 'wholesale') {
      return fail(`The host would not sell at wholesale (${theirs.code ?? theirs.decision}): ${order}.`, mend);
    }
    const ours = await quote(examination, listHash, { currency, lines: [item] });
    const differs = (['unitPrice', 'setup', 'renewal'] as const).filter(
      (name) => !same(ours.line[name], theirs.lines[0]?.[name] ?? null, ours.digits),
    );
    if (differs.length > 0) {
      const amounts = differs.map((name) => `${name} ${theirs.lines[0]?.[name]} there, ${ours.line[name]} here`);
      return fail(`Host and service price differently: ${amounts.join('; ')} (${order}).`, mend);
    }
    return ok(`Both price the same: ${ours.line.unitPrice} (${order}).`);
  },
};

function pick(answer: Parameters<typeof pickItem>[0], currency: string): OrderItem | null {
  try {
    return pickItem(answer, currency);
  } catch (error) {
    if (error instanceof NotApplicable) return null;
    throw error;
  }
}

async function quote({ orm }: Examination, listHash: string | null, request: { currency: string; lines: OrderItem[] }) {
  const em = orm.em.fork();
  const [head] = await em.execute<{ readAt: string }[]>('select read_at::text as "readAt" from catalogue');
  const view = await new CatalogueReader().view(em, head?.readAt ?? null);
  const { quote: priced, digits } = await priceLines(em, new PriceReader(), view, listHash, request).catch(
    (error: unknown) => {
      throw new HostError('conflict', `the service does not sell this: ${error instanceof Error ? error.message : ''}`);
    },
  );
  return { line: priced.lines[0]!, digits };
}

function same(left: string | null, right: string | null, digits: number): boolean {
  if (left === null || right === null) return left === right;
  return minorUnits(left, digits) === minorUnits(right, digits);
}
