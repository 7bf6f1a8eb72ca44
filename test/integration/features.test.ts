import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { featuresCommand } from '../../server/cli/features.ts';
import { features } from '../../server/features/index.ts';
import { allVerbs } from '../../server/verbs.ts';

const at = (path: string) => new URL(path, new URL('../../', import.meta.url));

test('every procedure belongs to one feature, and to no other', () => {
  const named = features.flatMap(({ procedures }) => procedures);
  expect(named.toSorted()).toEqual(allVerbs.map(({ procedure }) => procedure).toSorted());
});

test('the README’s table has each feature as it is, and no other', () => {
  const rows = readFileSync(at('README.md'), 'utf8').match(/^\| .* \| `server\/modules\/[^`]+` \|$/gm) ?? [];
  expect(rows).toEqual(features.map(({ feature, about, where }) => `| ${feature} | ${about} | \`${where}\` |`));
});

test.each(features.map((feature) => [feature.feature, feature] as const))(
  '%s: the folder and the tests that it names are there',
  (_name, { where, tests }) => {
    expect(existsSync(at(where))).toBe(true);
    expect(tests.length).toBeGreaterThan(0);
    for (const named of tests) {
      const [file = '', ...name] = named.split(': ');
      const quoted = name.join(': ').replaceAll("'", String.raw`\'`);
      expect(readFileSync(at(`test/integration/${file}`), 'utf8')).toMatch(
        new RegExp(String.raw`(test|describe)\((['"\`])${RegExp.escape(quoted)}\2`),
      );
    }
  },
);

test('`features` prints feature, procedure with what it takes, and test', async () => {
  let printed = '';
  const stdout = { write: (text: string) => ((printed += text), true) } as unknown as NodeJS.WriteStream;
  const io = { stdout, stderr: process.stderr, exit: () => {} };
  await featuresCommand(io).parseAsync(['--json'], { from: 'user' });
  const { features: rows } = JSON.parse(printed) as { features: { feature: string; procedures: object[] }[] };
  expect(rows.map(({ feature }) => feature)).toEqual(features.map(({ feature }) => feature));
  const orders = rows.find(({ feature }) => feature === 'Orders on behalf of a customer');
  expect(orders?.procedures).toContainEqual({
    procedure: 'orders.place',
    permission: 'orders:write',
    who: 'reseller',
    mode: 'steps',
  });
});
