import { z } from 'zod';
import { currencyCode, hostId, orderItem } from '../../../hooks/contract/index.ts';

/** What was chosen so far: each line may lack anything but its product. At most 100 lines, as in an order. */
export const draftContent = z.object({
  currency: currencyCode.nullable().default(null),
  lines: z
    .array(orderItem.partial().required({ product: true }))
    .max(100, 'order at most 100 lines at once')
    .default([]),
  paymentMethod: hostId.nullable().default(null),
  note: z.string().trim().max(1000).nullable().default(null),
  /** Where the screen was: its own word. */
  step: z.string().max(40).nullable().default(null),
});
export type DraftContent = z.output<typeof draftContent>;
