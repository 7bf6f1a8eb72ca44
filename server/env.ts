import { resolve } from 'node:path';
import { z } from 'zod';
import type { MailSettings } from './platform/mail.ts';
import { Preflight } from './platform/preflight.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  PORT: port.default(3900),
  SANDBOX_PORT: port.default(3901),
  BIND: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./.data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'write it as postgresql://user:password@server/database' })
    .optional(),
  /** Kind of the host; unset = the sandbox. */
  RESELLER_HOST: z.enum(['sandbox', 'fossbilling']).optional(),
  RESELLER_HOST_URL: z
    .url({ protocol: /^https?$/, error: 'write the address of the host, such as https://billing.example' })
    .optional(),
  RESELLER_HOST_TOKEN: z.string().min(8, 'this is no API token').max(500).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'write it as smtp://user@server:587' }).optional(),
  SMTP_FROM: z.string().min(3).optional(),
  SMTP_PASSWORD_FILE: z.string().optional(),
  /** Proxies of one's own in front of the service, which append to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** For local trials only: webhooks may go to private addresses, by http. */
  WEBHOOKS_ALLOW_PRIVATE: z.enum(['0', '1'], 'write 1 or 0').default('0'),
  /** 0: jobs and webhooks are left to other processes on the same database. */
  WORKERS: z.enum(['0', '1'], 'write 1 or 0').default('1'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type HostKind = 'sandbox' | 'fossbilling';

export interface Environment {
  port: number;
  sandboxPort: number;
  bind: string;
  /** Absolute. */
  dataDir: string;
  databaseUrl: string | undefined;
  /** Kind of the billing platform. */
  host: HostKind;
  hostUrl: string;
  /** API token of a staff account in the host; comes before the one that pairing brought. */
  hostToken: string | undefined;
  /** True when nothing was configured: the demo may fill an empty database. */
  isDemo: boolean;
  logLevel: string;
  trustedProxies: number;
  mail: MailSettings | undefined;
  webhooksAllowPrivate: boolean;
  /** Whether this process takes up jobs and delivers webhooks. */
  workers: boolean;
}

/** Reads the environment, once per process; nothing below reads it again. @throws Preflight naming the variable */
export function readEnvironment(source: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Preflight(`The environment variable ${issue?.path.join('.')} cannot be used: ${issue?.message}`);
  }
  const env = parsed.data;
  const host = env.RESELLER_HOST ?? 'sandbox';
  if (host !== 'sandbox' && env.RESELLER_HOST_URL === undefined) {
    throw new Preflight(
      `RESELLER_HOST=${host} needs RESELLER_HOST_URL: the address of your ${host}, such as https://billing.example`,
    );
  }
  if (env.SMTP_URL !== undefined && env.SMTP_FROM === undefined) {
    throw new Preflight('SMTP_URL is set, but not SMTP_FROM: say which address notices come from.');
  }
  return {
    port: env.PORT,
    sandboxPort: env.SANDBOX_PORT,
    bind: env.BIND,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    host,
    hostToken: env.RESELLER_HOST_TOKEN,
    hostUrl: env.RESELLER_HOST_URL ?? `http://127.0.0.1:${env.SANDBOX_PORT}`,
    isDemo: env.RESELLER_HOST === undefined,
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.TRUSTED_PROXIES,
    webhooksAllowPrivate: env.WEBHOOKS_ALLOW_PRIVATE === '1',
    workers: env.WORKERS === '1',
    mail:
      env.SMTP_URL !== undefined && env.SMTP_FROM !== undefined
        ? { url: env.SMTP_URL, from: env.SMTP_FROM, passwordFile: env.SMTP_PASSWORD_FILE }
        : undefined,
  };
}
