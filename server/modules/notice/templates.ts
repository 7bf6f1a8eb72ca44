import type { NoticeKind } from './kinds.ts';

export interface Template {
  subject: string;
  body: string;
}
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const en: Record<NoticeKind, Template> = {
  application_received: {
    subject: 'Your application has arrived',
    body: 'Hello {company},\n\nyour application as a reseller has arrived. We will look at it and write to you.\n\n{provider}',
  },
  application_information_requested: {
    subject: 'We need something more for your application',
    body: 'Hello {company},\n\nplease answer this in the portal:\n\n{message}\n\n{provider}',
  },
  application_reminder: {
    subject: 'Your application waits for your answer',
    body: 'Hello {company},\n\nwe still wait for your answer:\n\n{message}\n\n{provider}',
  },
  application_approved: {
    subject: 'You are a reseller now',
    body: 'Hello {company},\n\nyour application was approved. {message}\n\n{provider}',
  },
  application_rejected: {
    subject: 'Your application was not accepted',
    body: 'Hello {company},\n\nwe cannot accept your application. {message}\n\n{provider}',
  },
  application_expired: {
    subject: 'Your application was closed',
    body: 'Hello {company},\n\nyour application was closed, since we had no answer. You may apply again.\n\n{provider}',
  },
  order_paid: {
    subject: 'Order {order} is paid',
    body: 'Hello {company},\n\norder {order} over {amount} is paid. Customer: {customer}.\n\n{provider}',
  },
  setup_failed: {
    subject: 'Setup failed: {service}',
    body: 'Hello {company},\n\n{service} could not be set up. We look into it; nothing is needed from you. Customer: {customer}.\n\n{provider}',
  },
  price_rise: {
    subject: 'Prices change on {from}',
    body: 'Hello {company},\n\nfrom {from} on {products} of your prices rise. The price list in the portal shows each of them.\n\n{provider}',
  },
  tier_changed: {
    subject: 'Your tier is {tier} now',
    body: 'Hello {company},\n\nyour tier changed from {previousTier} to {tier}.\n\n{provider}',
  },
  status_changed: {
    subject: 'Your reseller account is {status}',
    body: 'Hello {company},\n\nyour reseller account is {status} now. {reason}\nRunning services go on.\n\n{provider}',
  },
  statement_ready: {
    subject: 'Statement for {month}',
    body: 'Hello {company},\n\nyour statement for {month} is in the portal. Closing balance: {closing} {currency}.\n\n{provider}',
  },
  webhook_off: {
    subject: 'Webhooks to {endpoint} are switched off',
    body: 'Hello {company},\n\nyour webhook endpoint at {endpoint} could not be reached any more, so it was switched off. Mend it, switch it on in the portal, and replay what it missed.\n\n{provider}',
  },
};

const de: Record<NoticeKind, Template> = {
  application_received: {
    subject: 'Ihre Bewerbung ist angekommen',
    body: 'Guten Tag {company},\n\nIhre Bewerbung als Reseller ist angekommen. Wir sehen sie an und schreiben Ihnen.\n\n{provider}',
  },
  application_information_requested: {
    subject: 'Zu Ihrer Bewerbung fehlt uns noch etwas',
    body: 'Guten Tag {company},\n\nbitte antworten Sie hierauf im Portal:\n\n{message}\n\n{provider}',
  },
  application_reminder: {
    subject: 'Ihre Bewerbung wartet auf Ihre Antwort',
    body: 'Guten Tag {company},\n\nwir warten noch auf Ihre Antwort:\n\n{message}\n\n{provider}',
  },
  application_approved: {
    subject: 'Sie sind jetzt Reseller',
    body: 'Guten Tag {company},\n\nIhre Bewerbung wurde angenommen. {message}\n\n{provider}',
  },
  application_rejected: {
    subject: 'Ihre Bewerbung wurde nicht angenommen',
    body: 'Guten Tag {company},\n\nwir können Ihre Bewerbung nicht annehmen. {message}\n\n{provider}',
  },
  application_expired: {
    subject: 'Ihre Bewerbung wurde geschlossen',
    body: 'Guten Tag {company},\n\nIhre Bewerbung wurde geschlossen, da keine Antwort kam. Sie können sich erneut bewerben.\n\n{provider}',
  },
  order_paid: {
    subject: 'Bestellung {order} ist bezahlt',
    body: 'Guten Tag {company},\n\ndie Bestellung {order} über {amount} ist bezahlt. Kunde: {customer}.\n\n{provider}',
  },
  setup_failed: {
    subject: 'Einrichtung fehlgeschlagen: {service}',
    body: 'Guten Tag {company},\n\n{service} konnte nicht eingerichtet werden. Wir kümmern uns darum; Sie müssen nichts tun. Kunde: {customer}.\n\n{provider}',
  },
  price_rise: {
    subject: 'Preise ändern sich am {from}',
    body: 'Guten Tag {company},\n\nab {from} steigen {products} Ihrer Preise. Die Preisliste im Portal zeigt jeden davon.\n\n{provider}',
  },
  tier_changed: {
    subject: 'Ihre Stufe ist jetzt {tier}',
    body: 'Guten Tag {company},\n\nIhre Stufe hat sich von {previousTier} auf {tier} geändert.\n\n{provider}',
  },
  status_changed: {
    subject: 'Ihr Resellerkonto: {status}',
    body: 'Guten Tag {company},\n\nder Status Ihres Resellerkontos ist jetzt: {status}. {reason}\nLaufende Dienste laufen weiter.\n\n{provider}',
  },
  statement_ready: {
    subject: 'Kontoauszug {month}',
    body: 'Guten Tag {company},\n\nIhr Kontoauszug für {month} liegt im Portal. Endsaldo: {closing} {currency}.\n\n{provider}',
  },
  webhook_off: {
    subject: 'Webhooks an {endpoint} sind abgeschaltet',
    body: 'Guten Tag {company},\n\nIhr Webhook-Endpunkt bei {endpoint} war nicht mehr zu erreichen und wurde abgeschaltet. Bringen Sie ihn in Ordnung, schalten Sie ihn im Portal ein, und lassen Sie das Versäumte erneut senden.\n\n{provider}',
  },
};

/** The texts that hold until a provider writes its own. */
export const builtIn: Record<Language, Record<NoticeKind, Template>> = { en, de };

/** The language of a notice: the reseller's where there are texts in it, else English. */
export const noticeLanguage = (asked: string | null | undefined): Language =>
  languages.find((language) => asked?.toLowerCase().split('-')[0] === language) ?? 'en';
