import type { EntityManager } from '@mikro-orm/postgresql';
import type { HostPort } from '../hooks/contract/index.ts';
import type { CatalogueReader } from './modules/catalogue/reader.ts';
import type { CallLog } from './modules/api-key/call-log.ts';
import type { RateLimiter, RateState } from './modules/api-key/rate.ts';
import type { KeyReader } from './modules/api-key/reader.ts';
import type { SessionMinter } from './modules/identity/session-minter.ts';
import type { PriceReader } from './modules/price-list/reader.ts';
import type { QuoteSigner } from './modules/quote/token.ts';
import type { WebhookSetup } from './modules/webhook/setup.ts';
import type { Standing, StandingReader } from './modules/reseller/standing.ts';
import type { Doctor } from './doctor/run.ts';
import type { Enqueue } from './platform/jobs/enqueue.ts';
import type { Mail } from './platform/mail.ts';
import type { Log } from './platform/log.ts';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './permissions.ts';

/** Permissions that the reseller's status takes away for now, and how their use is refused. */
interface HeldBack {
  permissions: ReadonlySet<Permission>;
  code: ErrorCode;
  message: string;
}

/** Who acts: a closed union. `id` goes into the activity log. */
export type Actor =
  | { kind: 'admin'; id: string; name: string; permissions: ReadonlySet<Permission> }
  | {
      kind: 'reseller';
      id: string;
      name: string;
      resellerId: string;
      permissions: ReadonlySet<Permission>;
      /** The admin who sees this portal, read-only: every verb that writes refuses. */
      actingAdmin?: string;
      heldBack?: HeldBack;
    }
  | {
      kind: 'api_key';
      id: string;
      name: string;
      resellerId: string | null;
      permissions: ReadonlySet<Permission>;
      heldBack?: HeldBack;
    }
  /** A host client who is no reseller (yet). */
  | { kind: 'client'; id: string; name: string; hostClientId: string; permissions: ReadonlySet<Permission> }
  | { kind: 'host'; id: string; name: string; permissions: ReadonlySet<Permission> }
  | { kind: 'system'; id: string; name: string; permissions: ReadonlySet<Permission> };

/** What every verb gets. One request or job = one EntityManager fork = one context. */
export interface ServiceContext {
  em: EntityManager;
  actor: Actor;
  host: HostPort;
  /** Queues a job in the transaction of `em`: it runs if, and only if, that commits. */
  enqueue: Enqueue;
  /** Price lists by hash, cached over requests. */
  prices: PriceReader;
  catalogue: CatalogueReader;
  quotes: QuoteSigner;
  keys: KeyReader;
  /** Limits of keys and resellers, shared by all processes. */
  limits: RateLimiter;
  /** Where calls with keys are written down. */
  calls: CallLog;
  sessions: SessionMinter;
  standings: StandingReader;
  /** The acting reseller's standing, when the transport read it together with the key. */
  standing?: Standing | undefined;
  /**
   * False for what a test key does: `em` then reaches the tables of test mode alone, `host` is a simulated one, and
   * webhooks say so. Set where the context is made (server/service.ts), nowhere else.
   */
  livemode: boolean;
  /** The moment of this request, UTC. Verbs never read the clock themselves. */
  now: Date;
  /** Null when no mail is set up: notices then stay in the portal. */
  mail: Mail | null;
  webhooks: WebhookSetup;
  /** Looks at the whole installation, host and all. */
  doctor: Doctor;
  log: Log;
  requestId: string;
  /** When it began, in milliseconds of this process: for how long it took, not for any rule. */
  startedMs: number;
  /** Runs a write's work in its transaction at most once, for requests that may be repeated. */
  once?: (<T>(em: EntityManager, work: () => Promise<T>) => Promise<T>) | undefined;
  /** What is left of the key's limits. */
  rates?: RateState[] | undefined;
  /** IP address of the caller, when a transport knows it: for the activity log. */
  sourceAddress?: string | undefined;
}

/** The reseller whose data the actor may see, or null when it may see all (admin, admin key, host, system). */
export function tenantOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'reseller':
      return actor.resellerId;
    case 'api_key':
      return actor.resellerId;
    default:
      return null;
  }
}
