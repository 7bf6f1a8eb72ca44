import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `look` finds something. @throws Error naming what was waited for */
export async function eventually<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
  patienceMs = 15_000,
): Promise<Value> {
  for (const until = Date.now() + patienceMs; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`${what}: not within ${patienceMs / 1000} s`);
    await sleep(40);
  }
}
