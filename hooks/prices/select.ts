import { compareBytes } from './byte-order.ts';
import { chooseOption, type OptionMember } from './choose-option.ts';
import { pointerStep, refuse, type OrRefusal } from './refusal.ts';
import type { ComponentShape, LineToPrice, Selection } from './shapes.ts';

/** A product's components as `select` takes them: worked out once for all its lines. */
export interface ProductForm {
  /** Those with options, by their option. */
  readonly options: ReadonlyMap<string, readonly OptionMember[]>;
  /** Base and add-on components, which are on every line. */
  readonly always: readonly string[];
  /** The actions that a domain is sold with; null for what is no domain. */
  readonly actions: ReadonlySet<string> | null;
  /** Where each component stands in price lists. */
  readonly rank: ReadonlyMap<string, number>;
}

/**
 * Turns the chosen options of a line into components and their quantities (rules 14 and 15).
 * `sold` tells whether a component has a price in the line's term and currency. The result is in the order of price
 * lists: by component id in UTF-8 byte order.
 */
export function select(
  form: ProductForm,
  line: LineToPrice,
  sold: (component: string) => boolean,
): OrRefusal<Selection> {
  const { options, rank } = form;
  for (const name of Object.keys(line.options)) {
    if (!options.has(name)) {
      const known = [...options.keys()];
      const hint = known.length === 0 ? 'it has no options' : `its options are ${known.join(', ')}`;
      return refuse('unknown_option', `/options${pointerStep(name)}`, `The product has no option "${name}": ${hint}.`);
    }
  }
  const main = mainComponents(form, line, sold);
  if ('refusal' in main) return main;

  const chosen = [...main.value.chosen];
  for (const [name, members] of options) {
    const value = Object.hasOwn(line.options, name) ? line.options[name] : undefined;
    const choice = chooseOption(name, members, value, line.term, sold);
    if ('refusal' in choice) return choice;
    if (choice.value !== null) chosen.push(choice.value);
  }
  if (chosen.length === 0) {
    return refuse('not_offered', '', 'Nothing on this line has a price: choose at least one option.');
  }
  chosen.sort((left, right) => (rank.get(left.component) ?? 0) - (rank.get(right.component) ?? 0));
  return { value: { chosen, renewal: main.value.renewal } };
}

/** The components of a product as `select` takes them. */
export function formOf(components: readonly ComponentShape[]): ProductForm {
  const options = new Map<string, OptionMember[]>();
  for (const { id, option } of components) {
    if (option === undefined) continue;
    const members = options.get(option.id);
    if (members === undefined) options.set(option.id, [{ component: id, option }]);
    else members.push({ component: id, option });
  }
  const isDomain = components.some(({ kind }) => kind === 'domain');
  const ids = (wanted: ComponentShape['kind'][]) =>
    components.filter(({ kind }) => wanted.includes(kind)).map(({ id }) => id);
  const ordered = components.map(({ id }) => id).toSorted(compareBytes);
  return {
    options,
    always: ids(['base', 'addon']),
    actions: isDomain ? new Set(ids(['domain'])) : null,
    rank: new Map(ordered.map((id, at) => [id, at])),
  };
}

/** Base and add-on components always; of a domain's components the one that the action names. */
function mainComponents(
  { always, actions }: ProductForm,
  line: LineToPrice,
  sold: (component: string) => boolean,
): OrRefusal<Selection> {
  if (line.action !== undefined && actions === null) {
    return refuse('unknown_option', '/action', 'Only a domain has an action: leave it out.');
  }
  const action = line.action ?? 'register';
  if (actions !== null && !always.includes(action) && !actions.has(action)) {
    return refuse('not_offered', '/action', `This domain cannot be bought with the action "${action}".`);
  }
  const wanted = actions?.has(action) ? [...always, action] : always;
  const unsold = wanted.find((id) => !sold(id));
  if (unsold !== undefined) {
    return refuse('not_offered', '/term', `"${unsold}" has no price in the term ${line.term}: choose another term.`);
  }
  if (actions !== null && !sold('renew')) {
    return refuse('not_offered', '/term', `This domain has no renewal price in the term ${line.term}.`);
  }
  return {
    value: {
      chosen: wanted.map((component) => ({ component, quantity: 1 })),
      renewal: actions === null ? null : 'renew',
    },
  };
}
