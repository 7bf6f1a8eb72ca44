import { spreadOf, type Spread } from './statistics.ts';

/** One line of the report, as `npm run bench -- --json` prints it. */
export interface Line {
  bench: string;
  unit: string;
  ours: Spread;
  peer: (Spread & { name: string }) | null;
  /** Median of ours by median of the peer's, both from this run. */
  ratio: number | null;
  target: number | null;
  /** What the target is held against. */
  measure: 'ratio_at_least' | 'ratio_at_most' | 'ours_at_most' | 'figure';
  /** Null where there is nothing to compare with. */
  pass: boolean | null;
  rounds: number;
  note?: string;
}

export type PeerSamples = { name: string; samples: readonly number[] } | { name: string; reason: string };

interface Facts {
  bench: string;
  unit: string;
  ours: readonly number[];
  note?: string;
}

/** Ours beside a peer that was measured in turns with it. A peer without samples leaves the line without a verdict. */
export function compared({ ours, note, ...facts }: Facts, peer: PeerSamples, target: number): Line {
  const own = spreadOf(ours);
  if ('reason' in peer) {
    const missing = `${peer.name} is missing: ${peer.reason}`;
    const words = note === undefined ? missing : `${note}; ${missing}`;
    return { ...facts, ...verdictless(own, ours), target, measure: 'ratio_at_least', note: words };
  }
  const other = spreadOf(peer.samples);
  const ratio = own.median / other.median;
  return {
    ...facts,
    ours: own,
    peer: { name: peer.name, ...other },
    ratio,
    target,
    measure: 'ratio_at_least',
    pass: ratio >= target,
    rounds: ours.length,
    ...(note === undefined ? {} : { note }),
  };
}

/** The same in a large network and in a small one: how much it grew. Without a target it is a figure. */
export function grown({ ours, note, ...facts }: Facts, small: readonly number[], target: number | null): Line {
  const [own, other] = [spreadOf(ours), spreadOf(small)];
  const ratio = own.median / other.median;
  return {
    ...facts,
    ours: own,
    peer: { name: 'in the small network', ...other },
    ratio,
    target,
    measure: target === null ? 'figure' : 'ratio_at_most',
    pass: target === null ? null : ratio <= target,
    rounds: ours.length,
    ...(note === undefined ? {} : { note }),
  };
}

/** A figure that must not exceed its target. */
export function limited({ ours, note, ...facts }: Facts, target: number): Line {
  const own = spreadOf(ours);
  return {
    ...facts,
    ...verdictless(own, ours),
    target,
    measure: 'ours_at_most',
    pass: own.median <= target,
    ...(note === undefined ? {} : { note }),
  };
}

/** A figure without a target. */
export function figure({ ours, note, ...facts }: Facts): Line {
  const own = spreadOf(ours);
  return {
    ...facts,
    ...verdictless(own, ours),
    measure: 'figure',
    target: null,
    ...(note === undefined ? {} : { note }),
  };
}

function verdictless(ours: Spread, samples: readonly number[]) {
  return { ours, peer: null, ratio: null, pass: null, rounds: samples.length } as const;
}
