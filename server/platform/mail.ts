import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';

export interface MailSettings {
  /** smtp:// or smtps://, with user and, unless a file holds it, password. */
  url: string;
  from: string;
  /** File that holds the password: it then stands in no environment. */
  passwordFile?: string | undefined;
}

export interface Mail {
  /** Throws when the server does not take it; `responseCode` is SMTP's. The same id is the same Message-ID. */
  send(message: { id: string; to: string; subject: string; text: string }): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 20_000;

/** Mail over SMTP; encrypted whenever the server offers it. */
export function createMail({ url, from, passwordFile }: MailSettings): Mail {
  const { protocol, hostname, port, username, password } = new URL(url);
  const pass = passwordFile ? readFileSync(passwordFile, 'utf8').trim() : decodeURIComponent(password);
  const transport = nodemailer.createTransport({
    host: hostname,
    port: Number(port) || (protocol === 'smtps:' ? 465 : 587),
    secure: protocol === 'smtps:',
    ...(username ? { auth: { user: decodeURIComponent(username), pass } } : {}),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A notice never reads a file or address that a text names.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.replace(/^.*@/, '').replace(/>.*$/, '');
  return {
    send: async ({ id, to, subject, text }) => {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}
