import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until there is an answer that is neither null nor false; for what another process does in its own time. */
export async function eventually<T>(ask: () => Promise<T | null | false>, patienceMs = 20_000): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (Date.now() > until) throw new Error('It did not happen in time.');
    await sleep(50);
  }
}
