import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { findAssignable } from '../customer/find-assignable.ts';
import { Order } from '../order/entity.ts';
import { OrderDraft } from './entity.ts';
import { draftRows } from './row.ts';
import { draftContent, type DraftContent } from './schemas.ts';

/** Drafts of one reseller: more than anybody goes on with, so that a program cannot fill the table. */
const MOST_DRAFTS = 200;

/**
 * Keeps what was chosen so far, from the first choice on: without an id a new draft, with one and its version the draft
 * anew. Its `idempotencyKey` is the key to order it with, so that a draft is never ordered twice.
 * @throws not_found, conflict when it was changed or ordered meanwhile
 */
export const saveOrderDraft = verb({
  procedure: 'drafts.save',
  permission: 'orders:write',
  mode: 'write',
  input: draftContent.extend({
    id: z.string().max(60).optional(),
    version: z.int().optional(),
    customerId: z.string().max(60).nullable().default(null),
  }),
  run: async (ctx, { id, version, customerId, ...content }) => {
    const { em } = ctx;
    const resellerId = actingReseller(ctx);
    await findAssignable(em, resellerId, customerId);
    const draft =
      id === undefined
        ? await create(ctx, resellerId, content)
        : await change(ctx, { id, resellerId, version: version ?? 0, content });
    const before = id === undefined ? undefined : { customerId: draft.customerId };
    draft.customerId = customerId;
    record(ctx, {
      action: id === undefined ? 'draft.created' : 'draft.updated',
      subject: { type: 'draft', id: draft.id },
      resellerId,
      before,
      after: { customerId, lines: content.lines.length },
    });
    await em.flush();
    const [row] = await draftRows(em, [draft]);
    return row!;
  },
});

async function create({ em, now }: ServiceContext, resellerId: string, content: DraftContent): Promise<OrderDraft> {
  if ((await em.count(OrderDraft, { resellerId })) >= MOST_DRAFTS) {
    throw new ServiceError('conflict', `You have ${MOST_DRAFTS} drafts. Order or delete some of them first.`);
  }
  return em.create(OrderDraft, {
    id: newId('drf'),
    resellerId,
    customerId: null,
    content,
    idempotencyKey: newId('drf'),
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
}

async function change(
  { em, now }: ServiceContext,
  { id, resellerId, version, content }: { id: string; resellerId: string; version: number; content: DraftContent },
): Promise<OrderDraft> {
  const draft = await em.findOne(OrderDraft, { id, resellerId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!draft) throw new ServiceError('not_found', 'There is no draft with this id.');
  if (draft.version !== version) {
    throw new ServiceError(
      'version_mismatch',
      'This draft was changed meanwhile. Load it again and repeat your change.',
    );
  }
  const order = await em.findOne(Order, { resellerId, idempotencyKey: draft.idempotencyKey });
  if (order && order.status !== 'not_accepted') {
    throw new ServiceError('conflict', `This draft was ordered already: it became order ${order.number}.`);
  }
  // What the host refused was not ordered: the changed draft is a new intention.
  if (order) draft.idempotencyKey = newId('drf');
  draft.content = content;
  draft.updatedAt = now;
  return draft;
}
