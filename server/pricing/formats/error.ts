import { z } from 'zod';
import type { PricingError } from '../errors.ts';

/** error/1: why a command refused its input. `path` is a JSON Pointer into the document that `input` names. */
export const errorFormat = z.strictObject({
  format: z.literal('error/1'),
  code: z.string(),
  path: z.string(),
  message: z.string(),
  input: z.enum(['catalogue', 'rules', 'reseller', 'order', 'arguments']),
});

export type ErrorDocument = z.infer<typeof errorFormat>;

/** A PricingError as error/1. */
export function errorDocument({ code, path, message, input }: PricingError): ErrorDocument {
  return { format: 'error/1', code, path, message, input };
}
