import { z } from 'zod';
import { resellerFilter } from '../reseller/filter.ts';
import { discountBp, resellerStatus } from '../reseller/schemas.ts';

const tags = z.array(z.string().trim().min(1).max(60)).max(20).default([]);

/** One change for many resellers. */
export const bulkChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tier'), tierId: z.string().max(60) }),
  /** Null inherits. */
  z.object({ kind: z.literal('discount'), ownDiscountBp: discountBp }),
  z.object({
    kind: z.literal('status'),
    status: resellerStatus,
    /** Shown to the resellers. */
    publicReason: z.string().trim().max(500).nullable().default(null),
  }),
  z.object({
    kind: z.literal('pin'),
    pinned: z.boolean(),
    reason: z.string().trim().max(500).nullable().default(null),
  }),
  z.object({ kind: z.literal('tags'), add: tags, remove: tags }),
  z.object({ kind: z.literal('manager'), manager: z.string().trim().max(200).nullable() }),
  z.object({ kind: z.literal('api'), apiEnabled: z.boolean() }),
]);
export type BulkChange = z.infer<typeof bulkChange>;

/** Which ones: those named, or those that a filter means at the moment of the preview. */
export const bulkSelection = z.union([
  z.object({ ids: z.array(z.string().max(60)).min(1).max(5000) }),
  z.object({ filter: resellerFilter }),
]);
export type BulkSelection = z.infer<typeof bulkSelection>;

export const bulkInput = z.object({ selection: bulkSelection, change: bulkChange });

/** What is kept of a reseller in a preview: its state then, so that applying finds out whether it moved. */
export const bulkDetail = z.object({
  company: z.string(),
  /** Of the reseller, and of its profile where the change is about that. */
  versions: z.object({ reseller: z.int(), profile: z.int() }),
  before: z.unknown(),
  after: z.unknown(),
  /** What it pays where no other rule matches, in basis points off retail. */
  discountBp: z.object({ before: z.int(), after: z.int() }),
});
export type BulkDetail = z.infer<typeof bulkDetail>;
