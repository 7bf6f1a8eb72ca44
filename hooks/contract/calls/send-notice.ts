import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostId } from '../objects/primitives.ts';

/** Sends a mail through the host's own mail system, in the provider's name. The same reference again sends nothing more. */
export const sendNotice = defineCall({
  name: 'notices.send',
  about: "Sends a mail through the host's own mail system, in the provider's name.",
  capability: 'notices',
  request: z.object({
    reference: z.string().min(1).max(120),
    /** The client it is for, where the host keeps what was sent; null for a test mail to staff. */
    clientId: hostId.nullable(),
    to: z.email().max(320),
    subject: z.string().min(1).max(300),
    /** Plain text. */
    text: z.string().min(1).max(20_000),
  }),
  /** Taken by the host, which delivers it. */
  response: z.object({ accepted: z.literal(true) }),
});
