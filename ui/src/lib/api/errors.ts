import { TRPCClientError } from '@trpc/client';

/** What a screen needs to know about a failed call. */
export interface Problem {
  /** One of the server's codes, or `offline` when it could not be reached. */
  code: string;
  message: string;
  /** What support can look up. */
  reference: string;
  forbidden: boolean;
  missing: boolean;
  conflict: boolean;
}

interface Detail {
  code?: unknown;
  message?: unknown;
  reference?: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** True when nobody knows whether the call arrived: no answer, or an answer that is not ours. */
export const unanswered = (problem: Problem): boolean => problem.code === 'offline';

export function toProblem(error: unknown): Problem {
  const data: unknown = error instanceof TRPCClientError ? error.data : null;
  if (!isRecord(data)) {
    return { code: 'offline', message: '', reference: '', forbidden: false, missing: false, conflict: false };
  }
  const detail: Detail = isRecord(data['reseller']) ? data['reseller'] : {};
  const kind = text(data['code']);
  return {
    code: text(detail.code) || kind.toLowerCase(),
    message: text(detail.message) || (error instanceof Error ? error.message : ''),
    reference: text(detail.reference),
    forbidden: text(detail.code) === 'forbidden',
    missing: kind === 'NOT_FOUND',
    conflict: kind === 'CONFLICT',
  };
}
