/** A place in the sources where a check, a filter or an entry can be switched off. */
export interface Point {
  id: number;
  kind: 'permission' | 'view' | 'filter' | 'entry';
  file: string;
  line: number;
  text: string;
}

interface Rule {
  kind: Point['kind'];
  pattern: RegExp;
  /** The same code with a switch; `off(id)` is true while this mutant is being tried. */
  write: (off: string, match: RegExpExecArray) => string;
}

const argument = String.raw`\((ctx\.actor|actor|ctx)\)`;
const rules: Rule[] = [
  // A reseller's rows: all rows. Who acts: another reseller. Whose data may be seen: everybody's.
  { kind: 'filter', pattern: new RegExp(`ownRows${argument}`, 'g'), write: (off, [all]) => `(${off} ? {} : ${all})` },
  {
    kind: 'filter',
    pattern: new RegExp(`actingReseller${argument}`, 'g'),
    write: (off, [all]) => `(${off} ? globalThis.victim : ${all})`,
  },
  {
    kind: 'filter',
    pattern: new RegExp(`tenantOf${argument}`, 'g'),
    write: (off, [all]) => `(${off} ? null : ${all})`,
  },
  {
    kind: 'permission',
    pattern: /(?<=[ (!])(ctx\.)?actor\.permissions\.has\([a-z.':]+\)/g,
    write: (off, [all]) => `(${off} || ${all})`,
  },
  {
    kind: 'entry',
    pattern: /(?<=\n\s*(?:if \(.*\) )?)(record|recordStep)\((?=ctx|inside|\{|\n)/g,
    write: (off, [all]) => `${off} || ${all}`,
  },
];

/** The checks that stand once for all verbs in server/verb.ts: a mutant for each verb. */
export const central = [
  {
    kind: 'permission' as const,
    find: 'if (permission !== null && ',
    put: `if (permission !== null && !globalThis.off?.('permission ' + procedure) && `,
  },
  {
    kind: 'view' as const,
    find: `if (mode !== 'read' && ctx.actor.kind`,
    put: `if (mode !== 'read' && !globalThis.off?.('view ' + procedure) && ctx.actor.kind`,
  },
];

/** `text` with a switch at each place, and the places. Calls alone are changed: imports and definitions have another form. */
export function withSwitches(file: string, text: string, nextId: () => number): { text: string; points: Point[] } {
  const points: Point[] = [];
  let changed = text;
  for (const { kind, pattern, write } of rules) {
    changed = changed.replace(pattern, (...found) => {
      const match = found.filter((part) => typeof part === 'string') as unknown as RegExpExecArray;
      const offset = found.find((part) => typeof part === 'number') as number;
      const whole = found.at(-1) as string;
      const id = nextId();
      const before = whole.slice(0, offset);
      const line = before.split('\n').length;
      points.push({ id, kind, file, line, text: whole.split('\n')[line - 1]!.trim() });
      return write(`globalThis.off?.(${id})`, match);
    });
  }
  return { text: changed, points };
}
