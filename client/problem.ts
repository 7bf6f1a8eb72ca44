/** A refusal of the API (RFC 9457). `code` is stable; `message` is for people. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  /** The field that it is about, as a JSON pointer. */
  readonly path: string | null;
  /** To quote when something is odd. */
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(
    status: number,
    facts: { code?: string; detail?: string; path?: string; requestId?: string },
    retryAfterSeconds: number | null,
  ) {
    super(facts.detail ?? `The API answered ${status}.`);
    this.status = status;
    this.code = facts.code ?? 'unknown';
    this.path = facts.path ?? null;
    this.requestId = facts.requestId ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** From an answer that is no success; one that is no problem document (of a proxy, say) keeps its status alone. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const isProblem = response.headers.get('content-type')?.includes('json') === true;
  const facts = isProblem ? await response.json().catch(() => ({})) : {};
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(response.status, facts as object, Number.isFinite(seconds) && seconds >= 0 ? seconds : null);
}
