import { createAccount } from './accounts.ts';
import { writeProduct } from './catalogue.ts';
import { readSetting, today, writeSetting, type Host } from './kit.ts';
import { seedCurrencies, seedGroups, seedProducts } from './seed-catalogue.ts';

type SeedPasswords = { adminPassword: string; resellerPassword: string; clientPassword: string };
type Seeded = Record<'admin' | 'reseller' | 'client' | 'applicant', { id: string; email: string }>;

/** True until the demo data was written. */
export function isEmpty({ db }: Host): boolean {
  return readSetting(db, 'seeded') === undefined;
}

/** Writes the demo provider: currencies, products, a coupon, and people. The reseller is client "1", the other client "2". */
export function seed(host: Host, passwords: SeedPasswords): Seeded {
  const { db } = host;
  return db.transaction(() => {
    for (const [code, digits] of seedCurrencies) db.run('INSERT INTO currencies VALUES (?, ?)', code, digits);
    for (const [id, title] of Object.entries(seedGroups)) db.run('INSERT INTO product_groups VALUES (?, ?)', id, title);
    for (const product of seedProducts) writeProduct(host, product);
    db.run('INSERT INTO coupons VALUES (?, ?)', 'WELCOME10', 1000);
    const person = (
      mailbox: string,
      name: string,
      company: string | null,
      password: string,
      role: 'client' | 'staff' = 'client',
    ) => {
      const about = { email: `${mailbox}@demo.example`, name, company, country: 'DE', currency: 'USD', role };
      const { id, email } = createAccount(host, about, password);
      return { id, email };
    };
    const reseller = person('reseller', 'Rosa Winter', 'Northwind Resale', passwords.resellerPassword);
    const client = person('client', 'Carl Meyer', null, passwords.clientPassword);
    const applicant = person('applicant', 'Aiko Sato', 'Harbour Hosting', passwords.resellerPassword);
    const admin = person('admin', 'Alex Admin', null, passwords.adminPassword, 'staff');
    writeSetting(db, 'daily_run', today(host));
    writeSetting(db, 'seeded', 'yes');
    return { admin, reseller, client, applicant };
  });
}
