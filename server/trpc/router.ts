import { operation } from './areas/operation.ts';
import { pricing } from './areas/pricing.ts';
import { programme } from './areas/programme.ts';
import { trade } from './areas/trade.ts';
import { t } from './procedure.ts';

/** Every procedure: one verb each, by area. */
export const router = t.router({ ...programme, ...pricing, ...trade, ...operation });

export type AppRouter = typeof router;
