/** A place in the sources where a check, a filter or an entry can be switched off. */
export interface Point {
  id: number;
  kind: 'permission' | 'view' | 'filter' | 'entry';
  file: string;
  line: number;
  text: string;
  /** Only the walk knows another reseller to act as. */
  walkOnly: boolean;
}

interface Rule {
  kind: Point['kind'];
  pattern: RegExp;
  /** The same code with a switch; `off(id)` is true while this mutant is being tried. */
  write: (off: string, match: RegExpExecArray, id: number) => string;
  walkOnly?: true;
}

const argument = String.raw`\((ctx\.actor|actor|ctx)\)`;
const rules: Rule[] = [
  // A reseller's rows: all rows. Who acts: another reseller. Whose data may be seen: everybody's.
  { kind: 'filter', pattern: new RegExp(`ownRows${argument}`, 'g'), write: (off, [all]) => `(${off} ? {} : ${all})` },
  {
    kind: 'filter',
    pattern: new RegExp(`actingReseller${argument}`, 'g'),
    write: (off, [all]) => `(${off} ? globalThis.victim : ${all})`,
    walkOnly: true,
  },
  {
    kind: 'filter',
    pattern: new RegExp(`tenantOf${argument}`, 'g'),
    write: (off, [all]) => `(${off} ? null : ${all})`,
  },
  { kind: 'filter', pattern: / and not (?:a\.)?internal'/g, write: (off, [all]) => `' + (${off} ? '' : '${all})` },
  {
    kind: 'permission',
    pattern: /(?<=[ (!])(ctx\.)?actor\.permissions\.has\([^()]+\)/g,
    write: (off, [all]) => `(${off} || ${all})`,
  },
  {
    kind: 'permission',
    pattern: /(?<=\n\s*)if \(([^\n]+)\)( \{)?(?=\s+(?:throw|return) new ServiceError\(\s*'forbidden')/g,
    write: (off, [, condition, brace = '']) => `if (!${off} && (${condition}))${brace}`,
  },
  // Who is let in at all, and whose signature counts.
  {
    kind: 'permission',
    pattern: /(?<=\n\s*)if \((!(?:ctx|found|message\.ok))\)(?=\s+return (?:problemOf|refuse|c\.json)\()/g,
    write: (off, [, condition]) => `if (!${off} && ${condition})`,
  },
  {
    kind: 'entry',
    pattern: /(?<=\n\s*(?:if \(.*\) )?)(record|recordStep)\((?=ctx|inside|\{|\n)/g,
    write: (off, [all]) => `${off} || ${all}`,
  },
  // Written in SQL: the marked statement puts its entries where nobody looks (test/support/matrix/switches.ts).
  { kind: 'entry', pattern: /insert into activity(?= \()/g, write: (_off, [all], id) => `${all} /* entry ${id} */` },
];

/**
 * What stands once for all: two checks of which each verb is a mutant, one that is a mutant by itself, since the present
 * permissions leave it to verbs to come, and the way of all SQL.
 */
export const central = [
  {
    file: 'server/verb.ts',
    find: 'if (permission !== null && ',
    put: `if (permission !== null && !globalThis.off?.('permission ' + procedure) && `,
  },
  {
    file: 'server/verb.ts',
    find: `if (mode !== 'read' && ctx.actor.kind`,
    put: `if (mode !== 'read' && !globalThis.off?.('view ' + procedure) && ctx.actor.kind`,
  },
  {
    file: 'server/verb.ts',
    find: `if (mode !== 'read' && held && !whileHeldBack)`,
    put: `if (mode !== 'read' && held && !whileHeldBack && !globalThis.off?.('held'))`,
  },
  {
    file: 'server/platform/database/prepared.ts',
    find: 'client.query = (text, ...rest) => {',
    put: 'client.query = (sent, ...rest) => {\n      const text = globalThis.asSent?.(sent) ?? sent;',
  },
];

/** `text` with a switch at each place, and the places. Calls alone are changed: imports and definitions have another form. */
export function withSwitches(file: string, text: string, nextId: () => number): { text: string; points: Point[] } {
  const points: Point[] = [];
  let changed = text;
  for (const { kind, pattern, write, walkOnly = false } of rules) {
    changed = changed.replace(pattern, (...found) => {
      const match = found.slice(
        0,
        found.findIndex((part) => typeof part === 'number'),
      ) as unknown as RegExpExecArray;
      const offset = found.find((part) => typeof part === 'number') as number;
      const whole = found.at(-1) as string;
      const id = nextId();
      const line = whole.slice(0, offset).split('\n').length;
      points.push({ id, kind, file, line, text: text.split('\n')[line - 1]!.trim(), walkOnly });
      return write(`globalThis.off?.(${id})`, match, id);
    });
  }
  return { text: changed, points };
}
