import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createKeys, rotateKey, secretBytes, type Key } from './keys.ts';
import { mintSessionToken, SessionTokenError, verifySessionToken, type SessionToMint } from './session-token.ts';

const nowMs = Date.parse('2027-01-01T00:00:00Z');
const keys = createKeys();
const key = keys.session[0] as Key;
const audience = 'reseller-plugin';
const claims: SessionToMint = {
  iss: 'https://host.test',
  aud: audience,
  iid: keys.installation,
  sub: 'client:42',
  act: 'admin:7',
  portal: 'client',
  scopes: ['orders:read'],
  account: '42',
  sid: 'a1b2c3d4e5',
};

async function refusal(token: string, atMs = nowMs, held = keys.session, aud = audience): Promise<string> {
  const error = await verifySessionToken(held, token, { audience: aud, nowMs: atMs }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SessionTokenError)) return error === null ? 'ok' : 'another error';
  expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(token);
  return error.code;
}

function forged(header: { alg: string; kid?: string }, changes: object = {}): Promise<string> {
  const iat = nowMs / 1000;
  const payload = { ...claims, jti: 'st_12345678', iat, nbf: iat, exp: iat + 300, ...changes };
  return new SignJWT(payload).setProtectedHeader(header).sign(secretBytes(key.secret));
}

describe('a session token', () => {
  it('gives back its claims for five minutes', async () => {
    const token = await mintSessionToken(key, claims, nowMs);
    const read = await verifySessionToken(keys.session, token, { audience, nowMs });
    expect(read).toMatchObject({ ...claims, iat: nowMs / 1000, nbf: nowMs / 1000, exp: nowMs / 1000 + 300 });
    expect(read.jti).toMatch(/^st_/);
  });

  it('ends after five minutes and ten seconds of difference between clocks', async () => {
    const token = await mintSessionToken(key, claims, nowMs);
    expect(await refusal(token, nowMs + 309_000)).toBe('ok');
    expect(await refusal(token, nowMs + 311_000)).toBe('expired');
    expect(await refusal(token, nowMs - 10_000)).toBe('ok');
    expect(await refusal(token, nowMs - 12_000)).toBe('not_yet_valid');
  });

  it('is refused for another audience', async () => {
    expect(await refusal(await mintSessionToken(key, claims, nowMs), nowMs, keys.session, 'other')).toBe('invalid');
  });

  it('survives one rotation and not two', async () => {
    const token = await mintSessionToken(key, claims, nowMs);
    const once = rotateKey(keys, 'session');
    expect(await refusal(token, nowMs, once.session)).toBe('ok');
    expect(await refusal(token, nowMs, rotateKey(once, 'session').session)).toBe('invalid');
  });

  it('is refused with another algorithm, no key id, or a key of another direction', async () => {
    expect(await refusal(await forged({ alg: 'HS256', kid: key.id }))).toBe('ok');
    expect(await refusal(await forged({ alg: 'HS384', kid: key.id }))).toBe('invalid');
    expect(await refusal(await forged({ alg: 'HS256' }))).toBe('invalid');
    const none = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims))}.`;
    expect(await refusal(none)).toBe('invalid');
    expect(await refusal(await mintSessionToken(keys.hostToPlugin[0] as Key, claims, nowMs))).toBe('invalid');
  });

  it('is refused when it was tampered with or is no token', async () => {
    const token = await mintSessionToken(key, claims, nowMs);
    const [head, , tail] = token.split('.');
    expect(await refusal(`${head}.${btoa('{"sub":"admin:1"}').replace(/=+$/, '')}.${tail}`)).toBe('invalid');
    expect(await refusal('nonsense-without-dots')).toBe('invalid');
  });

  it('is refused when it would live longer, lacks a claim, or gives a client the admin portal', async () => {
    const header = { alg: 'HS256', kid: key.id };
    expect(await refusal(await forged(header, { exp: nowMs / 1000 + 3600 }))).toBe('invalid');
    expect(await refusal(await forged(header, { sid: undefined }))).toBe('invalid');
    expect(await refusal(await forged(header, { portal: 'admin' }))).toBe('invalid');
    expect(await refusal(await forged(header, { sub: 'admin:1' }))).toBe('invalid');
  });
});
