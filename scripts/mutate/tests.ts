import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest, type Vitest } from 'vitest/node';

/** How a test file ended. */
export interface Ended {
  /** The first test that failed, with its error; null when all that ran passed. */
  failed: string | null;
  /** The switches it came past. */
  reached: Set<string>;
}

/** The tests of the copy, with one PostgreSQL for as many runs as there are. */
export class Tests {
  readonly #vitest: Vitest;
  readonly #copy: string;

  private constructor(vitest: Vitest, copy: string) {
    this.#vitest = vitest;
    this.#copy = copy;
  }

  static async start(copy: string): Promise<Tests> {
    // Some tests read files below the folder they are run in.
    process.chdir(copy);
    const vitest = await createVitest({
      root: copy,
      config: false,
      watch: false,
      reporters: [{}],
      include: ['test/integration/**/*.test.ts'],
      globalSetup: ['test/support/global-setup.ts'],
      setupFiles: ['test/support/matrix/switches.ts'],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      pool: 'forks',
    });
    return new Tests(vitest, copy);
  }

  /**
   * Runs a test file with the switch `off`; null: with none, and to see which it comes past. "walk": the test works the
   * switches itself. With a switch off it ends with its first failure.
   */
  async run(file: string, off: string | number | null): Promise<Ended> {
    const seen = join(this.#copy, 'reached.json');
    rmSync(seen, { force: true });
    const project = this.#vitest.getRootProject();
    project.provide('switch', off);
    const path = join(this.#copy, file);
    const { testModules } = await this.#vitest.runTestSpecifications([project.createSpecification(path)]);
    // Those of earlier runs are answered too.
    const module = testModules.find(({ moduleId }) => moduleId === path);
    if (!module) throw new Error(`${file} was not run.`);
    const reached = existsSync(seen) ? (JSON.parse(readFileSync(seen, 'utf8')) as string[]) : [];
    return { failed: failureOf(module), reached: new Set(reached) };
  }

  async stop(): Promise<void> {
    await this.#vitest.close();
  }
}

type Module = Awaited<ReturnType<Vitest['runTestSpecifications']>>['testModules'][number];

function failureOf(module: Module): string | null {
  const said = (errors: readonly { message: string }[] | undefined) => errors?.[0]?.message.split('\n')[0] ?? '';
  for (const test of module.children.allTests('failed')) return `${test.fullName}: ${said(test.result().errors)}`;
  return module.ok() ? null : `the file itself: ${said(module.errors())}`;
}
