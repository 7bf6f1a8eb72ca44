/** Why a line cannot be priced. The same codes in the hooks, in `prices quote` and in the API. */
export type RefusalCode =
  | 'not_offered'
  | 'unknown_product'
  | 'unknown_option'
  | 'option_required'
  | 'quantity_out_of_range'
  | 'currency_unknown';

/** A refusal: `path` is a JSON Pointer below the line ("/options/ram"), `message` says what to do. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly path: string;
  readonly message: string;
}

/** A step's result, or the reason it refused. */
export type OrRefusal<T> = { readonly value: T } | { readonly refusal: Refusal };

/** Builds a refused result. */
export function refuse(code: RefusalCode, path: string, message: string): { readonly refusal: Refusal } {
  return { refusal: { code, path, message } };
}

/** A key as one step of a JSON Pointer (RFC 6901). */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
