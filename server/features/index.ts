import type { Feature } from './feature.ts';
import { figures } from './figures.ts';
import { prices } from './prices.ts';
import { programme } from './programme.ts';
import { sales } from './sales.ts';

/** Every feature; each procedure belongs to one. Tests hold it against the code, both ways. */
export const features: readonly Feature[] = [...programme, ...prices, ...sales, ...figures];
