import { startFossbilling } from './fossbilling.ts';
import { startSandbox } from './sandbox.ts';

/** How to start a host of each kind for the suite. */
export const drivers = { sandbox: startSandbox, fossbilling: startFossbilling } as const;
