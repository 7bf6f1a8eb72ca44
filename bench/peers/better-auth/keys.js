import { createInterface } from 'node:readline';
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';

/*
 * better-auth's API keys in a process of their own. PG_URL names an empty database; each line on standard input, such as
 * {"callers":10,"seconds":3}, is answered by one line of JSON. It ends when standard input does.
 */

const KEYS = 100;
if (!process.env.PG_URL) throw new Error('Set PG_URL to an empty PostgreSQL database.');
const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: 'of the bench, and as long as it has to be',
  database: new pg.Pool({ connectionString: process.env.PG_URL, max: 20 }),
  emailAndPassword: { enabled: true },
  // Its own limit off, which only makes it faster: ours stays on.
  plugins: [apiKey({ rateLimit: { enabled: false } })],
  logger: { disabled: true },
});

async function seed() {
  await (await getMigrations(auth.options)).runMigrations();
  const { user } = await auth.api.signUpEmail({
    body: { name: 'Bench', email: 'bench@example.org', password: 'correct horse battery' },
  });
  const made = [];
  for (let index = 0; index < KEYS; index += 1)
    made.push((await auth.api.createApiKey({ body: { name: 'Bench', userId: user.id } })).key);
  return made;
}

async function measure(keys, { callers, seconds }) {
  const times = [];
  let next = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const call = async () => {
    while (performance.now() < end) {
      const key = keys[(next += 1) % keys.length];
      const start = performance.now();
      await auth.api.verifyApiKey({ body: { key } });
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const elapsed = (performance.now() - begin) / 1000;
  times.sort((left, right) => left - right);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99) };
}

const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const keys = await seed();
if (!(await auth.api.verifyApiKey({ body: { key: keys[0] } })).valid) throw new Error('A new key is not valid.');
if ((await auth.api.verifyApiKey({ body: { key: `${keys[0]}x` } })).valid) throw new Error('A wrong key is valid.');
answer({ ready: true });
for await (const line of createInterface({ input: process.stdin })) answer(await measure(keys, JSON.parse(line)));
process.exit(0);
