import type { Environment } from '../env.ts';
import { CODE_MINUTES } from '../modules/pairing/code.ts';

/** What the person who pairs must do. */
export function codeWords({ hostUrl }: Pick<Environment, 'hostUrl'>, serviceUrl: string, code: string): string {
  return [
    '',
    `Pair this service with the host at ${hostUrl}`,
    '  1. Copy the folder hooks/hosts/fossbilling/module/Reseller into the modules folder of the host,',
    '     and activate "Reseller programme" in its admin area under Extensions.',
    '  2. Open the settings of the module and enter',
    `       address of the service   ${serviceUrl}`,
    `       code                     ${code}`,
    `The code is good for ${CODE_MINUTES} minutes and one use. A new one: npm run -s cli -- pair`,
    '',
    '',
  ].join('\n');
}
