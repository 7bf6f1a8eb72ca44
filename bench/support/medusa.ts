import { type Peer, type PeerSource, startPeer } from './peer.ts';

export const MEDUSA = 'Medusa calculatePrices';

const source: PeerSource = {
  folder: 'medusa',
  script: 'pricing.js',
  package: '@medusajs/pricing',
  size: '270 MB',
  env: { MEDUSA_DISABLE_TELEMETRY: 'true' },
};

/** The peer of quotes: Medusa's pricing module. A reason in words when it cannot be started. */
export const startMedusa = (
  databaseUrl: string,
  say: (words: string) => void,
): Promise<Peer<{ sets: number; callers: number; seconds: number }> | { reason: string }> =>
  startPeer(source, databaseUrl, say);
