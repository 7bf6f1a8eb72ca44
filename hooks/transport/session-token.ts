import { errors, jwtVerify, SignJWT } from 'jose';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { secretBytes, type Key } from './keys.ts';

/** Seconds a session token lives. */
export const SESSION_TOKEN_SECONDS = 300;
/** Seconds two clocks may differ. */
const SKEW_SECONDS = 10;

/** What a session token says: who looks at which portal of which installation, and what they may do there. */
export const sessionClaims = z
  .object({
    /** Base URL of the host that minted it. */
    iss: z.url().max(500),
    /** Id of the plugin it is for. */
    aud: z.string().min(1).max(200),
    /** Installation. */
    iid: z.string().min(4).max(80),
    /** admin:<id> or client:<id> of the host. */
    sub: z.string().regex(/^(admin|client):.{1,120}$/),
    /** The admin who acts as this client. */
    act: z
      .string()
      .regex(/^admin:.{1,120}$/)
      .optional(),
    /** What the host calls the staff member, for the log. Clients go by their company; their names are the host's to erase. */
    name: z.string().trim().min(1).max(100).optional(),
    portal: z.enum(['admin', 'client']),
    /** What the host lets this user do, cut to what the plugin was granted. */
    scopes: z.array(z.string().max(100)).max(200),
    /** Client account the portal is about; null for staff. */
    account: z.string().max(120).nullable(),
    /** Hash of the host's session, so that a logout ends every token of it. */
    sid: z.string().min(8).max(128),
    jti: z.string().min(8).max(80),
    iat: z.int(),
    nbf: z.int(),
    exp: z.int(),
  })
  .refine((claims) => claims.act === undefined || claims.sub.startsWith('client:'), 'only a client is acted for')
  .refine((claims) => claims.portal === 'client' || claims.sub.startsWith('admin:'), 'a client has no admin portal')
  .refine((claims) => claims.name === undefined || claims.portal === 'admin', 'only staff is named')
  .refine((claims) => claims.exp - claims.iat <= SESSION_TOKEN_SECONDS, 'a token lives five minutes at most');
export type SessionClaims = z.infer<typeof sessionClaims>;

/** Claims the caller gives; the moments and the token's own id are filled in. */
export type SessionToMint = Omit<SessionClaims, 'jti' | 'iat' | 'nbf' | 'exp'>;

/** A session token is not accepted. Neither message nor cause holds the token. */
export class SessionTokenError extends Error {
  override readonly name = 'SessionTokenError';
  readonly code: 'expired' | 'not_yet_valid' | 'invalid';

  constructor(code: SessionTokenError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Mints a session token (JWT, HS256, `kid`) that lives five minutes from `nowMs`.
 * @throws ZodError when a claim is not of its form.
 */
export async function mintSessionToken(key: Key, claims: SessionToMint, nowMs: number): Promise<string> {
  const iat = Math.floor(nowMs / 1000);
  const all = { ...claims, jti: `st_${uuidv7()}`, iat, nbf: iat, exp: iat + SESSION_TOKEN_SECONDS };
  return await new SignJWT(sessionClaims.parse(all))
    .setProtectedHeader({ alg: 'HS256', kid: key.id, typ: 'JWT' })
    .sign(secretBytes(key.secret));
}

/**
 * The claims of a token that was signed by one of `keys` (found by `kid`; HS256 only) for this audience and is valid
 * now, with 10 s of difference between clocks.
 * @throws SessionTokenError, without the token in it.
 */
export async function verifySessionToken(
  keys: Key[],
  token: string,
  options: { audience: string; nowMs: number },
): Promise<SessionClaims> {
  let payload: unknown;
  try {
    const verified = await jwtVerify(
      token,
      ({ kid }) => {
        const key = keys.find(({ id }) => id === kid);
        if (key === undefined) throw new SessionTokenError('invalid', 'The session was signed with an unknown key.');
        return secretBytes(key.secret);
      },
      {
        algorithms: ['HS256'],
        audience: options.audience,
        clockTolerance: SKEW_SECONDS,
        currentDate: new Date(options.nowMs),
        maxTokenAge: SESSION_TOKEN_SECONDS,
        requiredClaims: ['iss', 'sub', 'jti', 'iat', 'nbf', 'exp'],
      },
    );
    payload = verified.payload;
  } catch (error) {
    throw explain(error);
  }
  const claims = sessionClaims.safeParse(payload);
  if (!claims.success) throw new SessionTokenError('invalid', 'The session lacks what a session of this plugin holds.');
  return claims.data;
}

/** The library's errors carry the payload; only their kind is passed on. */
function explain(error: unknown): SessionTokenError {
  if (error instanceof SessionTokenError) return error;
  if (error instanceof errors.JWTExpired)
    return new SessionTokenError('expired', 'The session ended: reload the page.');
  if (error instanceof errors.JWTClaimValidationFailed && (error.claim === 'nbf' || error.claim === 'iat')) {
    return new SessionTokenError('not_yet_valid', 'The session begins later: check the clocks of host and plugin.');
  }
  return new SessionTokenError('invalid', 'The session is not valid here: reload the page.');
}
