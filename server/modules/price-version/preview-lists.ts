import { z } from 'zod';
import { verb } from '../../verb.ts';
import { previewFilter, readProducts, readResellers, readServices } from './preview-tables.ts';

const input = previewFilter.extend({ limit: z.int().min(1).max(500).default(100) });

/** Whom a draft touches and how, the largest change first. @throws not_found */
export const previewResellers = verb({
  procedure: 'prices.previewResellers',
  permission: 'prices:write',
  mode: 'read',
  input,
  run: readResellers,
});

/** Which products change for how many resellers, the largest change first. @throws not_found */
export const previewProducts = verb({
  procedure: 'prices.previewProducts',
  permission: 'prices:write',
  mode: 'read',
  input,
  run: readProducts,
});

/** Running services whose price would change if they move, the largest change first. @throws not_found */
export const previewServices = verb({
  procedure: 'prices.previewServices',
  permission: 'prices:write',
  mode: 'read',
  input,
  run: readServices,
});
