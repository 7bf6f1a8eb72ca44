import { createUser } from './accounts.ts';
import { writeProduct } from './catalogue.ts';
import { readSetting, today, writeSetting, type Host } from './host.ts';
import { seedCurrencies, seedGroups, seedProducts } from './seed-catalogue.ts';

export type SeedPasswords = { adminPassword: string; resellerPassword: string; clientPassword: string };
/** Who can log in after seeding. */
export type SeedAccounts = Record<'admin' | 'reseller' | 'client' | 'applicant', { id: string; email: string }>;

/** True until the demo data was written. */
export function isEmpty({ db }: Host): boolean {
  return readSetting(db, 'seeded') === undefined;
}

/** Writes the demo provider: currencies, products, a coupon, and the people. The reseller is client "1", the other client "2". */
export function seed(host: Host, passwords: SeedPasswords): SeedAccounts {
  const { db } = host;
  return db.transaction(() => {
    for (const [code, digits] of seedCurrencies) db.run('INSERT INTO currencies VALUES (?, ?)', code, digits);
    for (const [id, title] of seedGroups) db.run('INSERT INTO product_groups VALUES (?, ?)', id, title);
    for (const product of seedProducts) writeProduct(host, product);
    db.run('INSERT INTO coupons VALUES (?, ?)', 'WELCOME10', 1000);
    const person = (email: string, name: string, company: string | undefined, password: string, role?: 'staff') =>
      createUser(host, { email, name, company, country: 'DE', currency: 'USD', role }, password);
    const reseller = person('reseller@demo.example', 'Rosa Winter', 'Northwind Resale', passwords.resellerPassword);
    const client = person('client@demo.example', 'Carl Meyer', undefined, passwords.clientPassword);
    const applicant = person('applicant@demo.example', 'Aiko Sato', 'Harbour Hosting', passwords.resellerPassword);
    const admin = person('admin@demo.example', 'Alex Admin', undefined, passwords.adminPassword, 'staff');
    writeSetting(db, 'daily_run', today(host));
    writeSetting(db, 'seeded', 'yes');
    const login = ({ id, email }: { id: string; email: string }) => ({ id, email });
    return { admin: login(admin), reseller: login(reseller), client: login(client), applicant: login(applicant) };
  });
}
