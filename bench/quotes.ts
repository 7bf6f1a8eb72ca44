import type { Request } from 'autocannon';
import type { Bench } from './support/bench.ts';
import { startChild } from './support/child.ts';
import { httpLoad } from './support/http-load.ts';
import type { Load } from './support/in-process-load.ts';
import { compared, limited } from './support/line.ts';
import { MEDUSA, startMedusa } from './support/medusa.ts';
import type { QuoteQuestion, QuoteReady, QuoteSetup } from './support/quote-service.ts';
import { itemRequests, quoteRequest } from './support/requests.ts';
import type { SelectReady } from './support/select-service.ts';

const CALLERS = 20;
const PEER_CALLERS = 10;
const LINES = [1, 20] as const;
const SETUP = { resellers: 100, ruleSets: 5 };
const HONO = 'Hono + 1 prepared SELECT';
const WORDS = { 1: 'one-line', 20: 'twenty-lines' } as const;

/** POST /api/v1/quotes with its key check, beside the least a request with one SELECT costs, and beside Medusa. */
export const quotes: Bench = {
  name: 'quotes',
  run: async ({ quick, database, say }) => {
    const rounds = quick ? 2 : 5;
    const seconds = quick ? 1 : 3;
    say('quotes: compiling a catalogue, starting the service, Hono and Medusa');
    const products = quick ? 40 : 200;
    const setup: QuoteSetup = { ...SETUP, products, databaseUrl: await database('quotes') };
    const ours = await startChild<QuoteReady>(new URL('./support/quote-service.ts', import.meta.url), setup);
    const select = await startChild<SelectReady>(new URL('./support/select-service.ts', import.meta.url), {
      databaseUrl: await database('select_peer'),
    });
    const medusa = await startMedusa(await database('medusa_peer'), say);

    const selects = itemRequests(select.ready.rows);
    const inProcess = (lines: number, duration: number) =>
      ours.ask<Load>({ lines, callers: PEER_CALLERS, seconds: duration } satisfies QuoteQuestion);
    const theirs = async (sets: number, duration: number) =>
      'reason' in medusa ? null : await medusa.measure({ sets, callers: PEER_CALLERS, seconds: duration });
    const http = (lines: number) =>
      httpLoad(ours.ready.url, quoteRequests(lines, products, ours.ready.keys), { connections: CALLERS, seconds });
    const hono = () => httpLoad(select.ready.url, selects, { connections: CALLERS, seconds });

    const held = new Map<string, number[]>();
    const keep = (name: string, value: number) => held.set(name, [...(held.get(name) ?? []), value]);
    say('quotes: warming up');
    // Until the compiler has settled: three rounds of each, the peers too.
    for (let turn = 0; turn < (quick ? 1 : 3); turn += 1) {
      for (const lines of LINES) {
        await http(lines);
        await inProcess(lines, 1);
        await theirs(lines, 1);
      }
      await hono();
    }
    held.clear();
    for (let round = 1; round <= rounds; round += 1) {
      say(`quotes: round ${round} of ${rounds}`);
      for (const lines of LINES) {
        keep(`hono ${lines}`, (await hono()).perSecond);
        const { perSecond, p99 } = await http(lines);
        keep(`http ${lines}`, perSecond);
        keep(`p99 ${lines}`, p99);
        const peer = await theirs(lines, seconds / 2);
        if (peer) keep(`medusa ${lines}`, peer.perSecond);
        keep(`verb ${lines}`, (await inProcess(lines, seconds / 2)).perSecond);
      }
    }
    await Promise.all([ours.stop(), select.stop(), 'reason' in medusa ? null : medusa.stop()]);

    const samples = (name: string) => held.get(name) ?? [];
    const medusaSamples = (lines: number) =>
      'reason' in medusa
        ? { name: MEDUSA, reason: medusa.reason }
        : { name: `${MEDUSA}, ${lines} a call`, samples: samples(`medusa ${lines}`) };
    return LINES.flatMap((lines) => [
      compared(
        { bench: `quotes.${WORDS[lines]}`, unit: 'req/s', ours: samples(`http ${lines}`) },
        { name: HONO, samples: samples(`hono ${lines}`) },
        0.5,
      ),
      limited({ bench: `quotes.${WORDS[lines]}.p99`, unit: 'ms', ours: samples(`p99 ${lines}`) }, 10),
      compared(
        { bench: `quotes.${WORDS[lines]}.medusa`, unit: 'quotes/s', ours: samples(`http ${lines}`) },
        medusaSamples(lines),
        20,
      ),
      compared(
        { bench: `quotes.${WORDS[lines]}.in-process`, unit: 'quotes/s', ours: samples(`verb ${lines}`) },
        medusaSamples(lines),
        20,
      ),
    ]);
  },
};

/** Every reseller in turn, each asking for other products, so that no request repeats the one before. */
function quoteRequests(lines: number, products: number, keys: string[]): Request[] {
  return Array.from({ length: products }, (_, index) => ({
    method: 'POST',
    path: '/api/v1/quotes',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${keys[index % keys.length]}` },
    body: JSON.stringify(quoteRequest(lines, index, products)),
  }));
}
