import { expect, test } from 'vitest';
import { allCases } from '../../hooks/conformance/cases/index.ts';
import { startSandbox } from '../../hooks/conformance/drivers/sandbox.ts';
import { listen } from '../../hooks/transport/listen.ts';
import { runConformance } from '../../hooks/conformance/run.ts';
import { runSuite } from '../../hooks/conformance/suite.ts';
import type { StartDriver } from '../../hooks/conformance/driver.ts';
import { signMessage } from '../../hooks/transport/sign.ts';
import { callIdPrefix } from '../../hooks/transport/signed-headers.ts';

type Content = Record<string, Record<string, unknown>>;
/** How a bridge goes wrong: what it answers to a call instead, or that it checks no signature. */
interface Fault {
  change?: (call: string, content: Content) => unknown;
  resign?: boolean;
}

/** A sandbox behind a proxy that makes one mistake. */
function faulty({ change, resign = false }: Fault): StartDriver {
  return async (options) => {
    const driver = await startSandbox(options);
    let requests = 0;
    const proxy = await listen(async (request) => {
      const call = new URL(request.url).pathname.split('/').at(-1) ?? '';
      const body = await request.text();
      const message = { id: `${callIdPrefix(call)}${(requests += 1)}`, event: call, payload: body, nowMs: Date.now() };
      const signed = resign ? signMessage(options.keys, 'pluginToHost', message) : Object.fromEntries(request.headers);
      const answer = await fetch(`${driver.baseUrl}/bridge/v1/${call}`, { method: 'POST', headers: signed, body });
      const content = (await answer.json()) as Content;
      if (answer.ok) change?.(call, content);
      return Response.json(content, { status: answer.status });
    });
    const stop = async () => {
      await proxy.stop();
      await driver.stop();
    };
    return { ...driver, baseUrl: proxy.url, stop };
  };
}

const only = (id: string) => allCases.filter((one) => one.id === id);

test('the sandbox passes every case', async () => {
  const report = await runConformance('sandbox');
  expect(report.failures).toEqual([]);
  expect(report.skipped).toEqual([]);
  expect(report.passed).toBe(allCases.length);
});

test('cases have ids of their own, each with its theme', () => {
  const ids = allCases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+\.[a-z-]+$/);
});

test('an unknown host is refused with the kinds there are', async () => {
  await expect(runConformance('nowhere')).rejects.toThrow('Choose: sandbox');
});

test.each<[string, Fault]>([
  [
    'orders.pinned-amounts-are-kept',
    { change: (call, { order }) => call === 'orders.place' && Object.assign(order!, { stamp: null }) },
  ],
  [
    'invoices.one-per-order',
    {
      change: (call, { invoice }) =>
        call === 'invoices.issue' && Object.assign(invoice!, { id: String(Math.random()) }),
    },
  ],
  [
    'locks.newest-wins',
    { change: (call, content) => call === 'locks.publish' && Object.assign(content, { written: 1 }) },
  ],
  [
    'describe.absent-capabilities-are-refused',
    { change: (call, content) => call === 'describe' && Object.assign(content, { capabilities: [] }) },
  ],
  ['signatures.wrong-one-is-refused', { resign: true }],
  ['signatures.replayed-one-is-refused', { resign: true }],
])('finds a bridge that fails %s', async (id, fault) => {
  const report = await runSuite('faulty', faulty(fault), only(id));
  expect(report).toMatchObject({ passed: 0, failed: 1, failures: [{ id }] });
});

test('skips what the host does not have, and says why', async () => {
  const change = (call: string, content: Content) =>
    call === 'describe' && Object.assign(content, { capabilities: [] });
  const report = await runSuite('poor', faulty({ change }), only('credit.once-per-reference'));
  expect(report).toMatchObject({ passed: 0, failed: 0, skipped: [{ why: 'the host does not have: accountCredit' }] });
});
