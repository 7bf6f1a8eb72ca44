import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The switch that is off; null: none, it is looked which are come past; walk: the test works them itself. */
    switch: string | number | null;
  }
}

/*
 * Set up by scripts/mutate.ts before each test file, in a copy of the sources in which the switches are.
 */
const off = inject('switch');

// An entry that is written in SQL is written all the same, where nobody looks.
Reflect.set(globalThis, 'asSent', (sent: unknown): unknown => {
  const text = typeof sent === 'string' ? sent : ((sent as { text?: string }).text ?? '');
  const changed = text.replaceAll(/insert into activity \/\* entry (\d+) \*\//g, (as, id) =>
    (Reflect.get(globalThis, 'off') as ((key: number) => boolean) | undefined)?.(Number(id))
      ? 'insert into activity_unseen'
      : as,
  );
  if (changed === text) return sent;
  return typeof sent === 'string' ? changed : { ...(sent as { name: string }), text: changed, name: undefined };
});

if (off !== 'walk') {
  const reached = new Set<string>();
  Reflect.set(globalThis, 'off', (key: string | number) => {
    reached.add(String(key));
    return key === off;
  });
  let failed = false;
  beforeEach(({ skip }) => {
    if (failed && off !== null) skip();
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
  afterAll(() => writeFileSync('reached.json', JSON.stringify([...reached])));
}
