import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A refusal that only HTTP knows: preconditions and repeated requests. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: ContentfulStatusCode, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
