import type { PricePreview } from './entity.ts';

/** A preview as screens see it: progress while it is made, then its figures. */
export function previewRow(preview: PricePreview, basis: string) {
  return {
    id: preview.id,
    versionId: preview.versionId,
    state: preview.state,
    stepsDone: preview.stepsDone,
    steps: preview.steps ?? null,
    /** Draft, rules or catalogue changed since: make it anew before publishing. */
    outdated: preview.basis !== basis,
    summary: preview.summary ?? null,
    error: preview.error ?? null,
    startedBy: preview.startedBy,
    startedAt: preview.startedAt.toISOString(),
    finishedAt: preview.finishedAt?.toISOString() ?? null,
  };
}
