import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest by far: begun last, it would leave the other worker idle at the end. A fresh clone has not measured it yet. */
const LONG = ['every-screen', 'every-state', 'killed', 'price-proof', 'portal', 'processes', 'matrix'];

/** The long ones first, then as Vitest has it: what failed, what took long last time, what is large. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? LONG.length : at;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's own, not an array's
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
