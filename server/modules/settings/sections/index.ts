import { z } from 'zod';
import type { Programme } from '../../programme/entity.ts';
import { apiSection } from './api.ts';
import { applicationsSection } from './applications.ts';
import { formSection } from './form.ts';
import { noticesSection } from './notices.ts';
import { pricesSection } from './prices.ts';
import { programmeSection } from './programme.ts';
import { retentionSection } from './retention.ts';

interface Section {
  schema: z.ZodType<object>;
  /** Values that stand in columns of the programme, since prices and orders read them with every request. */
  columns: Readonly<Record<string, keyof Programme>>;
}

/** Every section of the settings. Each is saved alone, with a version of its own. */
export const sections = {
  programme: { schema: programmeSection, columns: { enabled: 'enabled', billingZone: 'ownBillingZone' } },
  applications: { schema: applicationsSection, columns: {} },
  form: { schema: formSection, columns: {} },
  prices: {
    schema: pricesSection,
    columns: {
      discountBp: 'discountBp',
      applyTo: 'applyTo',
      capAtRetail: 'capAtRetail',
      floorLiftsBooks: 'floorLiftsBooks',
      coupons: 'coupons',
      quoteHoldsSeconds: 'quoteHoldsSeconds',
      refuseStaleSeconds: 'refuseStaleSeconds',
    },
  },
  api: { schema: apiSection, columns: { enabled: 'apiEnabled' } },
  notices: { schema: noticesSection, columns: {} },
  retention: { schema: retentionSection, columns: {} },
} as const satisfies Record<string, Section>;

export type SectionName = keyof typeof sections;
export type SectionValues<Name extends SectionName> = z.output<(typeof sections)[Name]['schema']>;
export const sectionName = z.enum(Object.keys(sections) as [SectionName, ...SectionName[]]);
