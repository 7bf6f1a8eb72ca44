import { ServiceError } from '../../errors.ts';
import { whatToDo } from '../problem-codes.ts';

/** Where the words of the API name what only HTTP has: headers, addresses. */
const toDoHere: Partial<typeof whatToDo> = {
  forbidden: 'Ask for a key with this scope.',
  not_offered: 'Choose what list_products answers.',
  prices_missing: 'Repeat in a minute.',
  host_unreachable: 'Repeat in a moment, an order with the same idempotencyKey.',
  unavailable: 'Repeat in a moment, an order with the same idempotencyKey.',
  internal: 'Repeat later, an order with the same idempotencyKey; tell the provider the reference in `detail`.',
};

/** What a tool answers instead of its result: the stable code, what happened and what to do about it. */
export interface ToolRefusal {
  code: keyof typeof whatToDo;
  detail: string;
  path?: string;
  whatToDo: string;
  requestId: string;
}

/** `failed` writes an unexpected failure down and says what may be told of it. */
export function toolRefusal(error: unknown, requestId: string, failed: () => string): ToolRefusal {
  const known = error instanceof ServiceError;
  const code = known ? error.code : 'internal';
  return {
    code,
    detail: known ? error.message : failed(),
    ...(known && error.path ? { path: error.path } : {}),
    whatToDo: toDoHere[code] ?? whatToDo[code],
    requestId,
  };
}
