import { readSetting, writeSetting, type Host } from './host.ts';

/**
 * Ways in which this host misbehaves on request, so that the plugin can be tried against them. failNext refuses the next
 * call of that name before anything happened, failAfter once its effect is stored. hooksOff and nativeCheckoutBroken are
 * only reported: they stand for what the doctor is to find in other hosts.
 */
export type Faults = {
  uniqueReferences: boolean;
  delayMs: number;
  failNext: string | null;
  failAfter: string | null;
  hooksOff: boolean;
  nativeCheckoutBroken: boolean;
};
const none: Faults = {
  uniqueReferences: true,
  delayMs: 0,
  failNext: null,
  failAfter: null,
  hooksOff: false,
  nativeCheckoutBroken: false,
};

export function readFaults({ db }: Host): Faults {
  return { ...none, ...(JSON.parse(readSetting(db, 'faults') ?? '{}') as Partial<Faults>) };
}

export function writeFaults(host: Host, change: { [Name in keyof Faults]?: Faults[Name] | undefined }): Faults {
  writeSetting(host.db, 'faults', JSON.stringify({ ...readFaults(host), ...change }));
  return readFaults(host);
}
