import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import { frame } from '#lib/bridge/frame.svelte.ts';
import type { Api } from './contract.ts';

/** The service's root is two levels above the shell: `/ui/portal/` → `/trpc`. */
const endpoint = (): string => new URL('../../trpc', document.baseURI).href;

/** Sends with the token of the moment; when it was refused, asks for a fresh one once and repeats once. */
export const send: typeof fetch = async (input, init) => {
  const attempt = (): Promise<Response> => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${frame.token}`);
    return fetch(input, { ...init, headers, credentials: 'omit' });
  };
  const first = await attempt();
  if (first.status !== 401) return first;
  try {
    await frame.renewToken();
  } catch {
    frame.endSession();
    return first;
  }
  const second = await attempt();
  if (second.status === 401) frame.endSession();
  return second;
};

function connect(): Api {
  const client = createTRPCClient<AnyTRPCRouter>({
    links: [
      httpBatchLink({
        url: endpoint(),
        maxURLLength: 6000,
        fetch: (url, init) => send(url as URL, init as RequestInit),
      }),
    ],
  });
  return client as unknown as Api;
}

let connected: Api | null = null;

/** The service, with types. Made on first use, when the shell's address is known. */
export const api = (): Api => (connected ??= connect());
