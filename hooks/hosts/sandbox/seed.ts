import { createAccount } from './accounts.ts';
import { writeProduct } from './catalogue.ts';
import { readSetting, today, writeSetting, type Host } from './kit.ts';
import { seedCurrencies, seedGroups, seedProducts } from './seed-catalogue.ts';

export type SeedPasswords = { adminPassword: string; resellerPassword: string; clientPassword: string };

/** True until the demo data was written. */
export const isEmpty = ({ db }: Host): boolean => readSetting(db, 'seeded') === undefined;

/** Writes the demo provider: currencies, products, a coupon, and people. The reseller is client "1", the other client "2". */
export function seed(host: Host, { adminPassword, resellerPassword, clientPassword }: SeedPasswords) {
  const { db } = host;
  const person = (mailbox: string, name: string, company: string | null, password: string) => {
    const email = `${mailbox}@demo.example`;
    const role = mailbox === 'admin' ? 'staff' : 'client';
    const { id } = createAccount(host, { email, name, company, country: 'DE', currency: 'USD', role }, password);
    return { id, email };
  };
  return db.transaction(() => {
    for (const { code, digits } of seedCurrencies) db.run('INSERT INTO currencies VALUES (?, ?)', code, digits);
    for (const group of Object.entries(seedGroups)) db.run('INSERT INTO product_groups VALUES (?, ?)', ...group);
    for (const product of seedProducts) writeProduct(host, product);
    db.run('INSERT INTO coupons VALUES (?, ?)', 'WELCOME10', 1000);
    writeSetting(db, 'daily_run', today(host));
    writeSetting(db, 'seeded', 'yes');
    const reseller = person('reseller', 'Rosa Winter', 'Northwind Resale', resellerPassword);
    const client = person('client', 'Carl Meyer', null, clientPassword);
    const applicant = person('applicant', 'Aiko Sato', 'Harbour Hosting', resellerPassword);
    return { reseller, client, applicant, admin: person('admin', 'Alex Admin', null, adminPassword) };
  });
}
