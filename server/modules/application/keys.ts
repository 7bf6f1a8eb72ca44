import { getDomain } from 'tldts';

/** What like companies are found by; null = not given. */
export interface Keys {
  taxKey: string | null;
  registrationKey: string | null;
  phoneKey: string | null;
  nameKey: string | null;
  domainKeys: string[];
}

/** Mailboxes that anybody can have: sharing one says nothing about two companies. */
const PUBLIC_MAIL = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com
   gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de proton.me protonmail.com mail.com mail.ru yandex.ru qq.com
   163.com 126.com orange.fr free.fr laposte.net libero.it seznam.cz wp.pl o2.pl zoho.com fastmail.com`.split(/\s+/),
);

/** Words that say what kind of company it is, not which one. */
const LEGAL_FORMS = new Set(
  `ab ag aps as bv bvba co corp corporation doo eood gbr gmbh inc incorporated kft kg kk limited llc llp ltd lp mbh nv ohg oy
   plc pte pty sa sarl sas sl spa spzoo srl srls sro ug kabushiki kaisha`.split(/\s+/),
);

/** The same words as a pattern of PostgreSQL. */
export const LEGAL_FORM = `\\m(${[...LEGAL_FORMS].join('|')})\\M`;

/** A name to compare with others: small letters without marks, signs and the legal form. Null when nothing is left. */
export function nameKey(name: string): string | null {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain
    .replaceAll('.', '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const kept = words.filter((word) => !LEGAL_FORMS.has(word));
  return (kept.length > 0 ? kept : words).join(' ') || null;
}

/** A number of a registry or tax office, or a telephone number: letters and digits alone. Under four it says nothing. */
export function numberKey(text: string): string | null {
  const compact = text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return compact.length < 4 ? null : compact;
}

/** The last nine digits: the same line is written with and without its country's prefix. */
export function phoneKey(text: string): string | null {
  const digits = text.replaceAll(/\D/g, '');
  return digits.length < 6 ? null : digits.slice(-9);
}

/** The registrable domains of addresses (mail or web), without public mailboxes. */
export function domainKeys(addresses: string[]): string[] {
  const domains = addresses.map((address) => getDomain(address)?.toLowerCase());
  return [...new Set(domains.filter((domain): domain is string => Boolean(domain) && !PUBLIC_MAIL.has(domain!)))];
}

/** The keys of what somebody said about a company; an empty text = not given. */
export function keysOf(about: {
  company: string;
  taxId: string;
  registrationNumber: string;
  phone: string;
  addresses: string[];
}): Keys {
  return {
    taxKey: numberKey(about.taxId),
    registrationKey: numberKey(about.registrationNumber),
    phoneKey: phoneKey(about.phone),
    nameKey: nameKey(about.company),
    domainKeys: domainKeys(about.addresses),
  };
}
