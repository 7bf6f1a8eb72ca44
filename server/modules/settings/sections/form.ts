import { z } from 'zod';
import { localised } from '../localised.ts';

/** The four fields that every form has: their kind never changes, and they are never removed. */
export const coreFields = {
  businessName: 'text',
  registrationNumber: 'text',
  taxId: 'tax_id',
  description: 'long_text',
} as const;

const common = {
  id: z
    .string()
    .regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'name a field with letters and digits, beginning with a small letter'),
  label: localised,
  hint: localised.optional(),
  help: localised.optional(),
  required: z.boolean().default(false),
  /** Asked only when another field (above it) has this answer. */
  showIf: z.strictObject({ field: z.string().max(40), equals: z.string().max(200) }).optional(),
};
const options = z
  .array(z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,60}$/), label: localised }))
  .min(1, 'add at least one option')
  .max(100)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'two options have the same id');

/** One question of the form. */
export const formField = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...common }),
  z.strictObject({ type: z.literal('long_text'), ...common }),
  z.strictObject({
    type: z.literal('number'),
    ...common,
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({ type: z.literal('choice'), ...common, options }),
  z.strictObject({ type: z.literal('multiple_choice'), ...common, options }),
  z.strictObject({ type: z.literal('country'), ...common }),
  z.strictObject({
    type: z.literal('tax_id'),
    ...common,
    /** A number that fails its country's check is refused; false takes it with a mark for the reviewer. */
    strict: z.boolean().default(true),
  }),
  z.strictObject({ type: z.literal('url'), ...common }),
  z.strictObject({ type: z.literal('phone'), ...common }),
  z.strictObject({ type: z.literal('consent'), ...common }),
]);
export type FormField = z.output<typeof formField>;

/** What applicants are asked, in this order. */
export const formSection = z.strictObject({
  fields: z
    .array(formField)
    .max(60)
    .superRefine((fields, check) => {
      const refuse = (path: (string | number)[], message: string) => check.addIssue({ code: 'custom', path, message });
      for (const [id, type] of Object.entries(coreFields)) {
        const at = fields.findIndex((field) => field.id === id);
        if (at < 0) refuse([], `the field "${id}" cannot be removed; make it optional instead`);
        else if (fields[at]?.type !== type) refuse([at, 'type'], `the field "${id}" is always of type ${type}`);
      }
      const above = new Set<string>();
      for (const [at, field] of fields.entries()) {
        if (above.has(field.id)) refuse([at, 'id'], `two fields have the id "${field.id}"`);
        if (field.showIf && !above.has(field.showIf.field))
          refuse([at, 'showIf', 'field'], `no field "${field.showIf.field}" stands above "${field.id}"`);
        if (field.type === 'number' && field.min !== undefined && field.max !== undefined && field.min > field.max)
          refuse([at, 'max'], 'the largest number must not be below the smallest');
        above.add(field.id);
      }
    }),
});
