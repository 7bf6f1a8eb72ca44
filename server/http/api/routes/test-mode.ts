import { z } from 'zod';
import { activateTestOrder } from '../../../modules/test-mode/activate.ts';
import { cancelTestOrder } from '../../../modules/test-mode/cancel.ts';
import { failTestOrder } from '../../../modules/test-mode/fail.ts';
import { payTestOrder } from '../../../modules/test-mode/pay.ts';
import { refundTestOrder } from '../../../modules/test-mode/refund.ts';
import { renewTestOrder } from '../../../modules/test-mode/renew.ts';
import { suspendTestOrder } from '../../../modules/test-mode/suspend.ts';
import { terminateTestOrder } from '../../../modules/test-mode/terminate.ts';
import { unsuspendTestOrder } from '../../../modules/test-mode/unsuspend.ts';
import { route, type Route } from '../route.ts';
import { testOrder } from '../schemas.ts';

const step = (verb: typeof payTestOrder, summary: string): Route =>
  route({
    method: 'post',
    path: `/test/orders/{id}/${verb.procedure.slice('testMode.'.length)}`,
    tag: 'Test mode',
    summary: `${summary} Test keys only.`,
    verb,
    body: z.strictObject({}),
    input: ({ id }) => ({ id }),
    answer: testOrder,
  });

/** What happens to an order in the provider's platform, done by a call of a test key instead. */
export const testModeRoutes: Route[] = [
  step(payTestOrder, 'The invoice of the order is paid.'),
  step(activateTestOrder, 'Its services are set up and run.'),
  step(failTestOrder, 'Setting up its services fails.'),
  step(renewTestOrder, 'A term passes: running services are invoiced, paid and due a term later.'),
  step(suspendTestOrder, 'Its running services are suspended.'),
  step(unsuspendTestOrder, 'Its suspended services run again.'),
  step(terminateTestOrder, 'Its services end.'),
  step(cancelTestOrder, 'The provider cancels it before it was paid.'),
  step(refundTestOrder, 'All that was paid for it goes back.'),
];
