/** A body was longer than its limit. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/**
 * Reads a request's or answer's body as UTF-8 text without ever holding more than `maxBytes` of it.
 * @throws TooLargeError when it is longer, TypeError when it is not UTF-8: a lossy decoding would let two different
 * bodies share one signature.
 */
export async function readLimitedText(source: Request | Response, maxBytes: number): Promise<string> {
  if (Number(source.headers.get('content-length') ?? 0) > maxBytes) throw new TooLargeError('The body is too large.');
  if (source.body === null) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  let bytes = 0;
  for await (const part of source.body as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > maxBytes) throw new TooLargeError('The body is too large.');
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
