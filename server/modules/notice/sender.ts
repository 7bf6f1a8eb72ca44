import type { ServiceContext } from '../../context.ts';
import { hostFacts } from '../host/facts.ts';

/** One mail as a sender takes it; the same id is sent once. */
export interface Outgoing {
  id: string;
  /** The host's client it is for; null for a test. */
  hostClientId: string | null;
  to: string;
  subject: string;
  text: string;
}

/** What mails go out through. */
export interface Sender {
  through: 'smtp' | 'host';
  /** Throws when it is not taken: HostError, or an error with SMTP's `responseCode`. */
  send(mail: Outgoing): Promise<void>;
}

/** Our own SMTP where it is set up, else the host's mail system where it lends it; null: notices stay in the portal. @throws HostError */
export async function findSender({ mail, host }: Pick<ServiceContext, 'mail' | 'host'>): Promise<Sender | null> {
  if (mail) {
    return { through: 'smtp', send: ({ id, to, subject, text }) => mail.send({ id, to, subject, text }) };
  }
  const { capabilities } = await hostFacts(host);
  if (!capabilities.includes('notices')) return null;
  return {
    through: 'host',
    send: async ({ id, hostClientId, to, subject, text }) => {
      await host['notices.send']({ reference: id, clientId: hostClientId, to, subject, text });
    },
  };
}
