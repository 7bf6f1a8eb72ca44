import { APPLY } from './modules/bulk/apply.ts';
import { PREVIEW } from './modules/bulk/preview.ts';
import { runBulkApply } from './modules/bulk/run-apply.ts';
import { runBulkPreview } from './modules/bulk/run-preview.ts';
import { EXPORT, runDataExport } from './modules/person/export-reseller.ts';
import type { TaskHandler } from './modules/task/run.ts';
import { runSimulation } from './modules/tier/run-simulation.ts';
import { SIMULATE } from './modules/tier/simulate.ts';

/** What each kind of long work does. */
export const taskHandlers: Record<string, TaskHandler> = {
  [APPLY]: runBulkApply,
  [EXPORT]: runDataExport,
  [PREVIEW]: runBulkPreview,
  [SIMULATE]: runSimulation,
};
