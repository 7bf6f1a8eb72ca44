import { api } from '#lib/api/client.ts';
import type { Me } from '#lib/api/contract.ts';
import { toProblem, type Problem } from '#lib/api/errors.ts';
import { frame } from '#lib/bridge/frame.svelte.ts';
import { t } from '#lib/messages/index.svelte.ts';

export type Permission = Me['scopes'][number];

/** Who is looking, and what they may do. */
class Session {
  me = $state.raw<Me | null>(null);
  problem = $state<Problem | null>(null);

  load = async (): Promise<void> => {
    try {
      this.me = await api().me.get.query({});
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
    }
  };

  /** Who only looks on is offered no writing; the service refuses it anyway. */
  can(scope: Permission): boolean {
    if (this.me?.viewedBy && scope.endsWith(':write')) return false;
    return this.me?.scopes.includes(scope) ?? false;
  }

  /** Why nothing of the reseller's own may be changed, or null: an admin looks at it, but does not act in its place. */
  get blocked(): string | null {
    if (this.me?.kind === 'admin' || this.me?.viewedBy) return t('banner.providerWhy');
    const reseller = this.me?.reseller;
    if (!reseller || reseller.status === 'active') return null;
    return t(reseller.status === 'suspended' ? 'banner.suspendedWhy' : 'banner.inactiveWhy');
  }

  get zone(): string {
    return this.me?.provider.zone || frame.context.provider.zone;
  }

  get hostName(): string {
    return frame.context.host.name;
  }

  get providerName(): string {
    return frame.context.provider.name || frame.context.host.name;
  }
}

export const session = new Session();
