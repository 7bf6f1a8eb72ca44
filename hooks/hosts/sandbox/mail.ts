import { momentNow, type Host } from './kit.ts';

interface Mail {
  /** Empty for mail to nobody's account. */
  clientId: string;
  to: string;
  subject: string;
}

/** "Sends" a mail: it is kept, to be read under /api/test/mail with what it was about. */
export function sendMail(host: Host, { clientId, to, subject }: Mail, content: object): void {
  const sql = 'INSERT INTO mails (clientId, recipient, subject, content, at) VALUES (?, ?, ?, ?, ?)';
  host.db.run(sql, clientId, to, subject, JSON.stringify(content), momentNow(host));
}

/** A notice of the plugin, once for its reference. */
export function sendNotice(host: Host, { reference, text, ...mail }: Mail & { reference: string; text: string }): void {
  const sent = host.db.all("SELECT id FROM mails WHERE json_extract(content, '$.reference') = ?", reference);
  if (sent.length === 0) sendMail(host, mail, { reference, text });
}
