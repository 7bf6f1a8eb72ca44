import { z } from 'zod';

const days = z.int().min(1).max(36_500);

/** How long what is not needed for the books is kept, in days; null = without end. */
export const retentionSection = z.strictObject({
  /** Drafts that nobody touches. */
  draftDays: days.nullable().default(180),
  /** Personal data of applications that came to nothing: rejected, withdrawn, closed without an answer. */
  applicationDays: days.nullable().default(730),
  callLogDays: days.default(30),
  deliveryLogDays: days.default(30),
  noticeLogDays: days.default(365),
});
