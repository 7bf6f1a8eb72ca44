import { z } from 'zod';
import { looseAmount, looseCount, looseFlag, looseId, looseIdOrNull, looseMoment, looseText } from './loose.ts';

/** One line of an invoice. `price` is for one unit, without tax. */
export const invoiceLineAnswer = z.object({
  id: looseId,
  title: looseText,
  quantity: looseCount,
  unit: looseText,
  price: looseAmount,
  taxed: looseFlag,
  /** order, custom, deposit or hook_call. */
  type: looseText,
  rel_id: looseIdOrNull,
  /** activate, renew or void. */
  task: looseText,
});
export type InvoiceLineAnswer = z.infer<typeof invoiceLineAnswer>;

/** An invoice, as `invoice/get` and `invoice/get_list` send it. */
export const invoiceAnswer = z.object({
  id: looseId,
  serie_nr: looseText,
  client_id: looseId,
  gateway_id: looseIdOrNull,
  currency: z.string(),
  status: z.string(),
  approved: looseFlag,
  notes: looseText,
  due_at: looseMoment,
  paid_at: looseMoment,
  created_at: looseMoment,
  updated_at: looseMoment,
  lines: z.array(invoiceLineAnswer),
});
export type InvoiceAnswer = z.infer<typeof invoiceAnswer>;

/** The rows an invoice charges for, setup and discounts included. */
export function rowsOfInvoice({ lines }: InvoiceAnswer): string[] {
  return [...new Set(lines.flatMap(({ rel_id, type }) => (rel_id !== null && type !== 'hook_call' ? [rel_id] : [])))];
}
