import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { type ErrorCode, ServiceError } from '../errors.ts';

/** The one place where refusals become tRPC codes. */
const codes: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  bad_input: 'BAD_REQUEST',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  version_mismatch: 'CONFLICT',
  idempotency_conflict: 'CONFLICT',
  duplicate: 'CONFLICT',
  not_offered: 'UNPROCESSABLE_CONTENT',
  price_changed: 'PRECONDITION_FAILED',
  prices_missing: 'SERVICE_UNAVAILABLE',
  reseller_suspended: 'FORBIDDEN',
  reseller_inactive: 'FORBIDDEN',
  programme_off: 'FORBIDDEN',
  host_refused: 'UNPROCESSABLE_CONTENT',
  host_unreachable: 'SERVICE_UNAVAILABLE',
  unavailable: 'SERVICE_UNAVAILABLE',
};

/** Runs a verb and turns its refusal into a TRPCError; what is not a refusal keeps its message to itself. */
export async function toTrpcError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServiceError)
      throw new TRPCError({ code: codes[error.code], message: error.message, cause: error });
    throw new TRPCError({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something failed here. Try again; tell the provider the reference.',
      cause: error,
    });
  }
}

/** What the answer carries beside the message: our code, the field, and a reference to quote. */
toTrpcError.details = (error: TRPCError, reference: string | undefined) => {
  const { cause } = error;
  return cause instanceof ServiceError
    ? { code: cause.code, message: cause.message, path: cause.path ?? null, reference: reference ?? null }
    : { code: 'internal' as const, message: error.message, path: null, reference: reference ?? null };
};
