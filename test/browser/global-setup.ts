import type { TestProject } from 'vitest/node';
import { ensureUi } from '../../scripts/ensure-ui.ts';
import database from '../support/global-setup.ts';

/** The screens must be built before a browser can look at them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  ensureUi();
  return database(project);
}
