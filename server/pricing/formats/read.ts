import type { z } from 'zod';
import { pointerStep } from '../../../hooks/prices/refusal.ts';
import { PricingError, type PricingInput } from '../errors.ts';

/** Checks a value against a schema; the first violation becomes a PricingError invalid_format with its JSON Pointer. */
export function readFormat<S extends z.ZodType>(schema: S, value: unknown, input: PricingInput): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined) throw new PricingError('invalid_format', input, '', 'The document has another form.');
  const steps = [...issue.path];
  if (issue.code === 'unrecognized_keys' && issue.keys[0] !== undefined) steps.push(issue.keys[0]);
  const path = steps.map((step) => pointerStep(String(step))).join('');
  throw new PricingError('invalid_format', input, path, describe(issue, path));
}

function describe(issue: z.core.$ZodIssue, path: string): string {
  const where = path === '' ? 'The document' : path;
  if (issue.code === 'unrecognized_keys') return `${where} is not a known field: remove it.`;
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return `${where} is missing.`;
  return `${where}: ${issue.message}.`;
}
