import { z } from 'zod';

/** Which kinds of charge the rates (and discounts that name no kinds) cover; pricing.md rule 9. */
export const applyTo = z.object({
  base: z.boolean(),
  option: z.boolean(),
  addon: z.boolean(),
  domain: z.boolean(),
  setup: z.boolean(),
});
export type ApplyTo = z.infer<typeof applyTo>;
