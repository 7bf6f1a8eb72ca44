import type { Point } from './points.ts';

/** How a mutant fared. */
export interface Result {
  /** A number: its place; otherwise a check in server/verb.ts, as one verb comes past it. */
  key: number | string;
  kind: Point['kind'];
  where: string;
  text: string;
  /** The procedure at which the walk found it, or the test that failed. */
  by: string | null;
  /** By which of both. */
  stage: 'walk' | 'tests';
  reached: boolean;
}

/** Prints who survived, what the tests found, and the closing table. Answers the exit code. */
export function report(results: readonly Result[]): number {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  for (const { by, stage, kind, where } of results)
    if (by !== null && stage === 'tests') print(`${kind} ${where} is missed by ${by}`);
  const alive = results.filter(({ by }) => by === null);
  for (const { kind, where, text, reached } of alive)
    print(`SURVIVED ${kind} ${where} ${text}${reached ? '' : ' (not reached)'}`);
  print('             mutants   killed by the walk   by tests   survive');
  const row = (name: string, all: readonly Result[]) => {
    const of = (stage: Result['stage']) => all.filter((one) => one.by !== null && one.stage === stage).length;
    const left = all.filter(({ by }) => by === null).length;
    const cells = [all.length, of('walk'), of('tests'), left];
    print(name.padEnd(11) + cells.map((cell, at) => `${cell}`.padStart([9, 21, 11, 10][at]!)).join(''));
  };
  for (const kind of ['permission', 'view', 'filter', 'entry'] as const)
    row(
      kind,
      results.filter((result) => result.kind === kind),
    );
  row('all', results);
  return alive.length === 0 ? 0 : 1;
}
