import { type Check, fail, ok } from '../check.ts';

const TIMEOUT_MS = 5000;

export const serviceUp: Check = {
  id: 'service.up',
  needs: [],
  async look({ serviceUrl }) {
    if (serviceUrl === null) return ok('The service answers: it looked itself.');
    const answer = await fetch(`${serviceUrl}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
    if (!answer) return fail(`Nothing answers at ${serviceUrl}.`, 'Start it with: npm start (or npm run service)');
    const { status, reason } = (await answer.json().catch(() => ({}))) as { status?: string; reason?: string };
    if (answer.ok) return ok(`The service answers at ${serviceUrl}.`);
    const why = reason ?? status ?? String(answer.status);
    return fail(`The service answers at ${serviceUrl}, but cannot serve: ${why}`, 'Mend what the checks below name.');
  },
};
