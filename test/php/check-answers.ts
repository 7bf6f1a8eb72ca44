import { isDeepStrictEqual } from 'node:util';
import { nowMs } from '../../hooks/bridge/testing.ts';
import { callNames, CONTRACT_VERSION, eventTypes, hostEvent } from '../../hooks/contract/index.ts';
import { installationKeys, type InstallationKeys } from '../../hooks/transport/keys.ts';
import { verifySessionToken } from '../../hooks/transport/session-token.ts';
import { verifyRequest } from '../../hooks/transport/verify.ts';

/** What bridge.php made, for this end to accept. */
interface Answers {
  requests: { method: string; url: string; headers: Record<string, string>; body: string | null }[];
  sessions: string[];
  event: unknown;
  keys: unknown;
  calls: string[];
  events: string[];
  version: string;
}

/** Checks what PHP signed, minted and wrote with the code that receives it in the service. */
export async function checkAnswers(
  keys: InstallationKeys,
  answers: Answers,
): Promise<{ passed: number; failures: string[] }> {
  const failures: string[] = [];
  let passed = 0;
  const check = (name: string, good: boolean): void => {
    if (good) passed += 1;
    else failures.push(name);
  };

  for (const request of answers.requests) {
    const verified = await verifyRequest(asRequest(request), {
      keys,
      direction: 'hostToPlugin',
      nowMs,
      method: request.method === 'GET' ? 'GET' : 'POST',
      maxBytes: 1_000_000,
    });
    check(`PHP's ${request.method} ${request.url} verifies`, verified.ok);
    const other = asRequest({ ...request, url: `${request.url}?other`, body: request.body && `${request.body} ` });
    const options = { keys, direction: 'hostToPlugin', nowMs, method: other.method as 'GET', maxBytes: 1e6 } as const;
    check(`PHP's ${request.method} ${request.url} is good for itself only`, !(await verifyRequest(other, options)).ok);
  }
  check('PHP sent requests', answers.requests.length > 6);

  const options = { audience: 'reseller-plugin', nowMs };
  const sessions = await Promise.all(answers.sessions.map((token) => verifySessionToken(keys.session, token, options)));
  const subjects = sessions.map(({ sub, act, portal, account, scopes }) => ({ sub, act, portal, account, scopes }));
  check(
    'sessions minted in PHP are accepted',
    isDeepStrictEqual(subjects, [
      { sub: 'client:42', act: 'admin:7', portal: 'client', account: '42', scopes: ['orders:read'] },
      { sub: 'admin:7', act: undefined, portal: 'admin', account: null, scopes: [] },
    ]),
  );
  const event = hostEvent.safeParse(answers.event);
  check('an event written in PHP fits the contract', event.success);
  check('an event written in PHP loses nothing in the contract', isDeepStrictEqual(event.data, answers.event));
  check('keys made in PHP are keys', installationKeys.safeParse(answers.keys).success);
  check('PHP knows every call', isDeepStrictEqual(answers.calls, callNames));
  check('PHP knows every event', isDeepStrictEqual(answers.events, eventTypes));
  check('PHP speaks this version', answers.version === CONTRACT_VERSION);
  return { passed, failures };
}

function asRequest({ method, url, headers, body }: Answers['requests'][number]): Request {
  return new Request(url, { method, headers, body });
}
