import { api } from '#lib/api/client.ts';
import type { Me } from '#lib/api/contract.ts';
import { toProblem, type Problem } from '#lib/api/errors.ts';
import { t } from '#lib/messages/index.svelte.ts';

/** Who is looking, and what they may do. */
class Session {
  me = $state.raw<Me | null>(null);
  problem = $state<Problem | null>(null);

  load = async (): Promise<void> => {
    try {
      this.me = await api().me.get.query();
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
    }
  };

  can(scope: string): boolean {
    return this.me?.scopes.includes(scope) ?? false;
  }

  /** Why nothing may be changed in the portal, or null. */
  get blocked(): string | null {
    const reseller = this.me?.reseller;
    if (!reseller || reseller.status === 'active') return null;
    return t(reseller.status === 'suspended' ? 'banner.suspendedWhy' : 'banner.inactiveWhy');
  }

  get zone(): string {
    return this.me?.provider.zone || 'UTC';
  }
}

export const session = new Session();
