import { z } from 'zod';
import { currencyCode, hostId, orderItem } from '../../contract/index.ts';
import { refuse } from './kit.ts';

/** Forms and scripts write ids, amounts and numbers as numbers or as text, and leave fields blank: all of it is understood. */
const asText = (value: unknown) =>
  typeof value === 'number' ? String(value) : value === '' || value === null ? undefined : value;
const asNumber = (value: unknown) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : asText(value) && value);
const maybe = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(asText, schema.optional());
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const domain = z.string().trim().toLowerCase().regex(DOMAIN, 'write a domain such as "example.com"');
const option = z.union([z.string().max(120), z.number(), z.boolean()]);

/** One line of order/1. */
export const orderLineRequest = z.object({
  product: z.preprocess(asText, hostId),
  term: orderItem.shape.term,
  quantity: z.preprocess(asNumber, z.int().min(1).max(10_000).default(1)),
  options: z.record(z.string().max(120), option).default({}),
  action: maybe(z.enum(['register', 'renew', 'transfer'])),
  domain: maybe(domain),
});

/** order/1, and what a shop asks beside it. */
export const orderRequest = z.object({
  format: z.literal('order/1').optional(),
  currency: maybe(currencyCode),
  lines: z.array(orderLineRequest).min(1, 'put at least one line into the order').max(100),
  coupon: maybe(z.string().max(60)),
  paymentMethod: maybe(z.enum(['gateway', 'credit'])),
  note: maybe(z.string().max(2000)),
});
export type OrderRequest = z.infer<typeof orderRequest>;

/** Parses a request, or refuses it with the first thing to mend. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  return refuse('bad_request', `${issue?.path.join('.') || 'request'}: ${issue?.message ?? 'does not fit'}.`);
}

/** A body, and what reads single fields of it. */
export function fieldsOf(body: Record<string, unknown>) {
  const read = (name: string, schema: z.ZodType) => parse(z.object({ [name]: schema }), body)[name];
  return {
    body,
    optional: (name: string) => read(name, maybe(z.string().max(2000))) as string | undefined,
    text: (name: string) => read(name, z.preprocess(asText, z.string().max(2000))) as string,
    one: <Value extends string>(name: string, values: readonly Value[]) => read(name, z.enum(values)) as Value,
    yes: (name: string) => ['true', 'on', '1'].includes(String(body[name])),
  };
}
export type Fields = ReturnType<typeof fieldsOf>;
