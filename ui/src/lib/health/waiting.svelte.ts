import { api } from '#lib/api/client.ts';

/** How the pairing stands, as the service last said. */
export type Pairing = Awaited<ReturnType<ReturnType<typeof api>['pairing']['get']['query']>>;

const EVERY = 2000;

/**
 * Asks again and again while a code waits to be entered, and tells when the host came with it or the code was over. The
 * service goes over to the new keys meanwhile: an answer that fails is asked for again.
 */
export function watchPairing(held: Pairing, changed: (now: Pairing) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const ask = async (): Promise<void> => {
    const now = await api()
      .pairing.get.query({})
      .catch(() => held);
    if (stopped) return;
    if (now.pairedAt !== held.pairedAt || now.codeUntil !== held.codeUntil) changed(now);
    else timer = setTimeout(() => void ask(), EVERY);
  };
  timer = setTimeout(() => void ask(), EVERY);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
