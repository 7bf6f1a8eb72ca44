import type { SessionToken } from '#lib/bridge/protocol.ts';

/** A visit of an admin in a reseller's portal. Kept for this tab, so that a reload goes on with it; no secret is in it. */
export interface Visit {
  /** The reseller's. */
  id: string;
  company: string;
  reason: string;
  /** Names the visit in the activity log: the same one is written down once. */
  view: string;
}

const KEY = 'reseller.visit';

export function readVisit(): Visit | null {
  try {
    const visit = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Visit> | null;
    const { id, company, reason, view } = visit ?? {};
    return id && company && reason && view ? { id, company, reason, view } : null;
  } catch {
    return null;
  }
}

/** Browsers may keep no storage for a frame: then a reload asks for the reason again. */
export function keepVisit(visit: Visit | null): void {
  try {
    if (visit) sessionStorage.setItem(KEY, JSON.stringify(visit));
    else sessionStorage.removeItem(KEY);
  } catch {
    // The visit then lasts as long as the document.
  }
}

/**
 * Exchanges the admin's token for one that only reads the reseller's portal. By itself, since every other call of this
 * document is made as the reseller. @throws when the service refuses or cannot be reached
 */
export async function exchangeToken(adminToken: string, { id, reason, view }: Visit): Promise<SessionToken> {
  const answer = await fetch(new URL('../../trpc/resellers.viewAs', document.baseURI), {
    method: 'POST',
    credentials: 'omit',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id, reason, view }),
  });
  if (!answer.ok) throw new Error(`The view was refused with ${answer.status}.`);
  const body = (await answer.json()) as { result: { data: SessionToken } };
  return body.result.data;
}

const neighbour = (area: 'admin' | 'portal', path: string): string =>
  new URL(`../${area}/${path.replace(/^\//, '')}`, document.baseURI).href;

/** Leaves the admin area for the portal, in the same frame. `at`: where in the portal. */
export function enterPortal(visit: Visit, at = '/'): void {
  keepVisit(visit);
  location.assign(neighbour('portal', at));
}

export function leavePortal(visit: Visit | null): void {
  keepVisit(null);
  location.assign(neighbour('admin', visit ? `resellers/${visit.id}` : 'resellers'));
}
