import { defineEntity, p } from '@mikro-orm/core';

export const ResellerNoteSchema = defineEntity({
  name: 'ResellerNote',
  tableName: 'reseller_note',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    text: p.string(),
    author: p.string(),
    pinned: p.boolean(),
    createdAt: p.datetime(),
    editedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** The provider's own words about a reseller, which it never sees: not in its log, its events or its export. */
export class ResellerNote extends ResellerNoteSchema.class {}
ResellerNoteSchema.setClass(ResellerNote);
