import { z } from 'zod';
import { hostId } from './primitives.ts';

/** Words for screens, beside the catalogue's numbers: titles of groups, products, options and choices. No prices. */
export const catalogueDisplay = z.object({
  groups: z.array(z.object({ id: hostId, title: z.string().max(200) })),
  products: z.array(
    z.object({
      id: hostId,
      title: z.string().max(200),
      description: z.string().max(2000).nullable(),
      /** Products that may be ordered beside this one. */
      addons: z.array(hostId),
      /** Text the order must carry: a domain or host name, or nothing. */
      needs: z.enum(['domain', 'hostname']).nullable(),
      options: z.array(
        z.object({
          id: hostId,
          title: z.string().max(200),
          choices: z.array(z.object({ id: hostId, title: z.string().max(200) })),
        }),
      ),
    }),
  ),
});
export type CatalogueDisplay = z.infer<typeof catalogueDisplay>;
