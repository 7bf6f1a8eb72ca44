import { aboutOf } from '../about.ts';
import { type Check, ok, warn } from '../check.ts';

export const bridgeSound: Check = {
  id: 'bridge.sound',
  needs: ['bridge'],
  look(examination) {
    const { problems = [] } = aboutOf(examination);
    if (problems.length === 0) return ok('The bridge in the host reports no problem of its own.');
    const words = problems.map(({ code, message }) => `${message} (${code})`).join(' ');
    return warn(`The bridge in the host reports: ${words}`, 'See the log of the host, and update its module.');
  },
};
