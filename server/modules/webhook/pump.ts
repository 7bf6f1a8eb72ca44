import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceContext } from '../../context.ts';
import { claim } from './claim.ts';
import { deliver, type Outcome } from './deliver.ts';
import { fanOut } from './fan-out.ts';
import { resealSecrets } from './reseal.ts';
import { settle } from './settle.ts';

/** Deliveries at a time in one process, and how many of them may go to endpoints that fail. */
const SLOTS = 256;
const FAILING_SLOTS = 64;
/** How often an idle process looks for events; the look-up reads an empty index. */
const LOOK_MS = 250;
/** Outcomes of this long are written together. */
const GATHER_MS = 15;

export interface Pump {
  /** Ends when what is on its way has come back, or after three seconds: what is lost then is sent again. */
  stop(): Promise<void>;
}

/** Delivers events for as long as the process runs. Any number of processes may do so on one database. */
export function startPump(context: () => ServiceContext): Pump {
  const stopping = new AbortController();
  let outcomes: Outcome[] = [];
  const running = new Set<string>();
  let failing = 0;
  let wake = () => {};

  async function write(): Promise<void> {
    const batch = outcomes;
    outcomes = [];
    try {
      await settle(context(), batch);
    } catch (error) {
      outcomes = [...batch, ...outcomes];
      throw error;
    }
  }

  async function turn(): Promise<void> {
    await write();
    while (await fanOut(context()));
    if (running.size >= SLOTS) return;
    for (const delivery of await claim(context(), SLOTS - running.size, FAILING_SLOTS - failing)) {
      running.add(delivery.id);
      if (delivery.failing) failing += 1;
      void deliver(context(), delivery).then((outcome) => {
        running.delete(delivery.id);
        if (delivery.failing) failing -= 1;
        outcomes.push(outcome);
        wake();
      });
    }
  }

  async function loop(): Promise<void> {
    await resealSecrets(context()).catch((error: unknown) => warn(context(), error));
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((done) => (wake = done));
      await turn().catch((error: unknown) => warn(context(), error));
      if (outcomes.length === 0) await Promise.race([woken, sleep(LOOK_MS, undefined, { ref: false })]);
      await sleep(GATHER_MS);
    }
  }

  const looping = loop();
  return {
    async stop() {
      stopping.abort();
      wake();
      await looping;
      for (const until = Date.now() + 3000; running.size > 0 && Date.now() < until;) await sleep(20);
      await write().catch((error: unknown) => warn(context(), error));
    },
  };
}

function warn({ log }: ServiceContext, error: unknown): void {
  log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'webhooks');
}
