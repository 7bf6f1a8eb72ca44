import type { EntityManager } from '@mikro-orm/postgresql';
import { ruleStack, type RuleStack } from '../../pricing/rule-stack.ts';
import { statusesWhere } from '../reseller/gates.ts';
import { toMoment } from './load-rules.ts';
import { ruleSetHash } from './rule-set.ts';
import type { Timeline } from './timeline.ts';

/** Lists are compiled and shipped this long ahead of the moment they begin to hold (pricing.md rule 17). */
export const SHIP_AHEAD_MS = 48 * 3_600_000;

/** A stretch of time in which one rule set holds for a reseller; `until` null = without a known end. */
export interface Segment {
  stack: RuleStack;
  ruleSet: string;
  from: Date;
  until: Date | null;
}

export interface ResellerTerms {
  id: string;
  tier_id: string;
  own_discount_bp: number | null;
}

/** What decides the prices of resellers besides the rules: of these, or of all that may still order or renew. */
export function readTerms(em: EntityManager, resellerIds: string[] | null): Promise<ResellerTerms[]> {
  return em.execute<ResellerTerms[]>(
    `select id, tier_id, own_discount_bp from reseller where status in (?) ${resellerIds ? 'and id in (?)' : ''} order by id`,
    [statusesWhere(({ shop }) => shop !== 'retail'), ...(resellerIds ? [resellerIds] : [])],
  );
}

/** Makes the stacks of many resellers: those with no rule of their own share the work of one. */
export class StackMaker {
  readonly #made = new Map<string, { stack: RuleStack; ruleSet: string; until: Date | null }>();
  readonly #special = new Map<object, ReadonlySet<string>>();
  readonly #timeline: Timeline;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** The rules of a reseller at a moment by value, and until when they stay as they are. */
  at(terms: ResellerTerms, moment: Date): { stack: RuleStack; ruleSet: string; until: Date | null } {
    const { rules, until } = this.#timeline.at(moment);
    let special = this.#special.get(rules);
    if (!special) {
      const holders = [...rules.discounts, ...rules.books].map((rule) =>
        'reseller' in rule.for ? rule.for.reseller : '',
      );
      special = new Set(holders);
      this.#special.set(rules, special);
    }
    const own = special.has(terms.id) ? terms.id : '';
    const key = `${moment.getTime()} ${terms.tier_id} ${terms.own_discount_bp} ${own}`;
    let made = this.#made.get(key);
    if (!made) {
      const reseller = {
        format: 'reseller/1' as const,
        id: terms.id,
        tier: terms.tier_id,
        discountBp: terms.own_discount_bp,
      };
      const { stack, validUntil } = ruleStack(rules, reseller, toMoment(moment));
      const ends = [validUntil === null ? null : new Date(validUntil), until].filter((end) => end !== null);
      const first = ends.toSorted((left, right) => left.getTime() - right.getTime())[0] ?? null;
      made = { stack, ruleSet: ruleSetHash(stack), until: first };
      this.#made.set(key, made);
    }
    return made;
  }

  /** The stretches from now to as far ahead as lists are shipped. */
  segments(terms: ResellerTerms, now: Date): Segment[] {
    const segments: Segment[] = [];
    for (let from: Date | null = now; from !== null && from.getTime() <= now.getTime() + SHIP_AHEAD_MS;) {
      const { stack, ruleSet, until } = this.at(terms, from);
      segments.push({ stack, ruleSet, from, until });
      from = until;
    }
    return segments;
  }
}
