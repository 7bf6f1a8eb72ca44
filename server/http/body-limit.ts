import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problemOf } from './problem.ts';

const MAX_BODY = 256 * 1024;

const limit = bodyLimit({
  maxSize: MAX_BODY,
  onError: (c) => {
    // What was not read stands in the way of the next request: say so, or it fails on this connection.
    c.header('connection', 'close');
    return problemOf(c, 413, 'too_large', 'Send at most 256 kB.');
  },
});

/** What a program may send: 256 kB. */
export const smallBody: MiddlewareHandler = (c, next) => {
  // A stated length is enough; the middleware would have the body turned into a web stream before it looks.
  const stated =
    c.req.header('transfer-encoding') === undefined && Number(c.req.header('content-length') ?? Number.NaN) <= MAX_BODY;
  return stated ? next() : limit(c, next);
};
