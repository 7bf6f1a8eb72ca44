import { z } from 'zod';
import { HostError } from '../../contract/index.ts';
import type { CallOptions, FossbillingApi } from './api-client.ts';

/** The most the host gives at once. */
export const PAGE_SIZE = 500;

/** A page of any list of the host. */
function pageOf<Entry extends z.ZodType>(entry: Entry) {
  return z.object({ pages: z.coerce.number().int().min(0), list: z.array(entry) });
}

/** One page of a list (from 1), and whether there are more. */
export async function readPage<Entry extends z.ZodType>(
  api: FossbillingApi,
  list: { method: string; params: object; entry: Entry },
  page: number,
  options: CallOptions & { size?: number } = {},
): Promise<{ entries: z.infer<Entry>[]; more: boolean }> {
  const { size = PAGE_SIZE, ...call } = options;
  const params = { ...list.params, page, per_page: size };
  const answer = await api.call(list.method, params, pageOf(list.entry), call);
  return { entries: answer.list, more: page < answer.pages };
}

/** All entries of a list. */
export async function readAll<Entry extends z.ZodType>(
  api: FossbillingApi,
  list: { method: string; params: object; entry: Entry },
  options: CallOptions = {},
): Promise<z.infer<Entry>[]> {
  const all: z.infer<Entry>[] = [];
  for (let page = 1; ; page += 1) {
    const { entries, more } = await readPage(api, list, page, options);
    all.push(...entries);
    if (!more) return all;
  }
}

/** What a read of one object answers, or null when the host says that it does not have it. */
export async function orNull<Result>(read: Promise<Result>): Promise<Result | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof HostError && error.code === 'refused' && /not found/i.test(error.message)) return null;
    throw error;
  }
}

/** @throws HostError not_found when there is no such thing. */
export async function orNotFound<Result>(read: Promise<Result>, what: string): Promise<Result> {
  const found = await orNull(read);
  if (found === null) throw new HostError('not_found', `The host has no such ${what}.`);
  return found;
}
