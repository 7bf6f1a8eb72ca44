import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { distributionFile } from './distribution-file.ts';
import { outstandingFile } from './outstanding-file.ts';
import { rankedRanges, type RankedRange } from './ranking-figures.ts';
import { moversFile, resellersFile } from './ranking-file.ts';
import { revenueFile } from './revenue-file.ts';

/** A block as CSV, and the moment it holds for. */
interface BlockFile {
  csv: string;
  asOf: string;
}

const BLOCKS = {
  revenue: revenueFile,
  resellers: resellersFile,
  movers: moversFile,
  outstanding: outstandingFile,
  distribution: distributionFile,
} satisfies Record<string, (ctx: ServiceContext, range: RankedRange) => Promise<BlockFile>>;
const blocks = Object.keys(BLOCKS) as (keyof typeof BLOCKS)[];

/** Blocks that say how it is now, whatever the range. */
const OF_NOW: ReadonlySet<string> = new Set(['outstanding', 'distribution']);

/** One block of the overview as CSV, every currency by itself, with the moment it holds for. */
export const exportNetwork = verb({
  procedure: 'network.export',
  permission: 'network:read',
  mode: 'read',
  input: z.object({ block: z.enum(blocks), range: z.enum(rankedRanges).default('30d') }),
  run: async (ctx, { block, range }) => {
    const { csv, asOf } = await BLOCKS[block](ctx, range);
    return { fileName: `${block}-${OF_NOW.has(block) ? 'now' : range}-${asOf.slice(0, 10)}.csv`, csv, asOf };
  },
});
