import type { ConformanceCase } from '../case.ts';
import { accessCases } from './access.ts';
import { bridgeTableCases } from './bridge-tables.ts';
import { catalogueCases } from './catalogue.ts';
import { describeCases } from './describe.ts';
import { eventCases } from './events.ts';
import { invoiceCases } from './invoices.ts';
import { moneyCases } from './money.ts';
import { orderCases } from './orders.ts';
import { serviceCases } from './services.ts';
import { shopCases } from './shop.ts';
import { signatureCases } from './signatures.ts';
import { toleranceCases } from './tolerance.ts';

/** The suite, in the order in which it runs: what moves the host's clock comes last. */
export const allCases: readonly ConformanceCase[] = [
  ...describeCases,
  ...catalogueCases,
  ...orderCases,
  ...invoiceCases,
  ...bridgeTableCases,
  ...eventCases,
  ...moneyCases,
  ...shopCases,
  ...accessCases,
  ...signatureCases,
  ...toleranceCases,
  ...serviceCases,
];
