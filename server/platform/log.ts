import pino from 'pino';

/**
 * The service's log: one JSON object a line on stderr (stdout belongs to the ready line and to command output).
 * Secrets are cut by path here as a second line of defence; callers never pass bodies or tokens.
 */
export function createLog(level: string) {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['*.authorization', '*.password', '*.token', '*.secret', '*.key', 'authorization'],
        censor: '[cut]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
export type Log = pino.Logger;
