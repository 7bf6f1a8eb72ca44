import { randomUUID } from 'node:crypto';
import type { Actor, ServiceContext } from '../../../server/context.ts';
import { createKey } from '../../../server/modules/api-key/create.ts';
import { authenticateKey } from '../../../server/modules/api-key/authenticate.ts';
import { actorFromSession } from '../../../server/modules/identity/actor-from-session.ts';
import type { ResellerStatus } from '../../../server/modules/reseller/schemas.ts';
import {
  adminPermissions,
  clientPermissions,
  type Permission,
  permissions,
  resellerPermissions,
} from '../../../server/permissions.ts';
import type { Owner, World } from './world.ts';

/** Every kind of actor, as it comes out of a session token or a key: nothing here is put together by hand. */
export class Cast {
  readonly #world: World;
  readonly #made = new Map<string, Promise<Actor>>();

  constructor(world: World) {
    this.#world = world;
  }

  admin(lacks: Permission | null = null) {
    return this.#play(`admin ${lacks}`, () => this.#session({ portal: 'admin', sub: 'admin:ada', lacks }));
  }

  reseller(owner: Owner) {
    return this.#play(`reseller ${owner.row.id}`, () => this.#portal(owner));
  }

  /** The reseller at another status, as its next request finds it. */
  at(status: ResellerStatus, owner: Owner) {
    return this.#play(`${status} ${owner.row.id}`, () => this.#during(status, owner, () => this.#portal(owner)));
  }

  /** An admin in the reseller's portal. */
  viewAs(owner: Owner) {
    return this.#play(`view ${owner.row.id}`, () => this.#portal(owner, 'admin:ada'));
  }

  /** A key of the reseller with all that a reseller may, or without one scope. */
  key(owner: Owner, lacks: Permission | null = null, status: ResellerStatus = 'active') {
    return this.#play(`key ${lacks} ${status} ${owner.row.id}`, async () => {
      await this.#world.sql(`update api_key set revoked_at = now() where reseller_id = ?`, [owner.row.id]);
      await this.#world.sql(`update reseller set api_enabled = true where id = ?`, [owner.row.id]);
      const scopes = [...resellerPermissions].filter((name) => name !== lacks);
      const { key } = await createKey(this.#world.as(owner), { name: 'Key', scopes });
      const found = await this.#during(status, owner, () => authenticateKey(this.#world.system(), key));
      if (!found?.actor) throw new Error(`A key of a reseller that is ${status} opens nothing.`);
      return found.actor;
    });
  }

  /** A test key with all that a reseller may, in its mode. */
  async testKey(owner: Owner): Promise<ServiceContext> {
    const { actor } = await this.#play(`test key ${owner.row.id}`, async () => {
      const made = { name: 'Test', mode: 'test' as const, scopes: [...resellerPermissions] };
      await this.#world.sql(`update api_key set revoked_at = now() where reseller_id = ?`, [owner.row.id]);
      const { key } = await createKey(this.#world.as(owner), made);
      const found = await authenticateKey(this.#world.system(), key);
      if (!found?.actor || found.mode !== 'test') throw new Error('A test key opens test mode.');
      return found.actor;
    });
    return this.#world.it.service.context(actor, 'test');
  }

  client() {
    return this.#play('client', () =>
      this.#session({ portal: 'client', sub: 'client:new', account: this.#world.newClient() }),
    );
  }

  host() {
    return this.#play('host', async () => ({
      kind: 'host',
      id: 'host',
      name: 'host',
      permissions: new Set<Permission>(['host:report']),
    }));
  }

  async #play(name: string, make: () => Promise<Actor>): Promise<ServiceContext> {
    const made = this.#made.get(name) ?? make();
    this.#made.set(name, made);
    return { ...this.#world.admin(), actor: await made, requestId: `req_${randomUUID()}` };
  }

  #portal({ row }: Owner, act?: string): Promise<Actor> {
    return this.#session({ portal: 'client', sub: `client:${row.hostClientId}`, account: row.hostClientId, act });
  }

  #session(claims: {
    portal: 'admin' | 'client';
    sub: string;
    account?: string;
    act?: string | undefined;
    lacks?: Permission | null;
  }): Promise<Actor> {
    const { portal, sub, account = null, act, lacks = null } = claims;
    const all = portal === 'admin' ? adminPermissions : new Set([...resellerPermissions, ...clientPermissions]);
    const ctx = this.#world.system();
    return actorFromSession(
      ctx.em.fork(),
      {
        iss: 'test',
        aud: 'test',
        iid: 'test',
        sid: 'test',
        iat: 0,
        exp: 0,
        sub,
        portal,
        account,
        // A host that grants too much gives nobody more than its kind may hold.
        scopes: [...permissions].filter((name) => name !== lacks && (portal === 'client' || all.has(name))),
        ...(act ? { act } : {}),
      } as Parameters<typeof actorFromSession>[1],
      ctx.now,
    );
  }

  async #during<T>(status: ResellerStatus, { row }: Owner, work: () => Promise<T>): Promise<T> {
    const put = (next: ResellerStatus) =>
      this.#world.sql('update reseller set status = ?, status_since = now() where id = ?', [next, row.id]);
    await put(status);
    try {
      return await work();
    } finally {
      await put('active');
    }
  }
}
