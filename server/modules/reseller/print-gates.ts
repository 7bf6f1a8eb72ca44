import { z } from 'zod';
import { verb } from '../../verb.ts';
import { gates, RECORDS_DAYS } from './gates.ts';
import type { ResellerStatus } from './schemas.ts';

/** What each status allows, as the product itself reads it. */
export const printGates = verb({
  procedure: 'resellers.gates',
  permission: 'resellers:read',
  mode: 'read',
  input: z.object({}),
  run: async () => ({
    recordsDays: RECORDS_DAYS,
    rows: (Object.keys(gates) as ResellerStatus[]).map((status) => ({ status, ...gates[status] })),
  }),
});
