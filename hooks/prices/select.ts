import { compareBytes } from './byte-order.ts';
import { chooseOption, type OptionMember } from './choose-option.ts';
import { pointerStep, refuse, type OrRefusal } from './refusal.ts';
import type { ComponentShape, LineToPrice, Selection } from './shapes.ts';

/** A product's components, those with options by their option. */
export interface ProductForm {
  readonly components: readonly ComponentShape[];
  readonly options: ReadonlyMap<string, readonly OptionMember[]>;
}

/**
 * Turns the chosen options of a line into components and their quantities (rules 14 and 15).
 * `sold` tells whether a component has a price in the line's term and currency. The result is in the order of price
 * lists: by component id in UTF-8 byte order.
 */
export function select(
  { components, options }: ProductForm,
  line: LineToPrice,
  sold: (component: string) => boolean,
): OrRefusal<Selection> {
  for (const name of Object.keys(line.options)) {
    if (!options.has(name)) {
      const known = [...options.keys()];
      const hint = known.length === 0 ? 'it has no options' : `its options are ${known.join(', ')}`;
      return refuse('unknown_option', `/options${pointerStep(name)}`, `The product has no option "${name}": ${hint}.`);
    }
  }
  const main = mainComponents(components, line, sold);
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
  chosen.sort((left, right) => compareBytes(left.component, right.component));
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
  return { components, options };
}

/** Base and add-on components always; of a domain's components the one that the action names. */
function mainComponents(
  components: readonly ComponentShape[],
  line: LineToPrice,
  sold: (component: string) => boolean,
): OrRefusal<Selection> {
  const isDomain = components.some((component) => component.kind === 'domain');
  if (line.action !== undefined && !isDomain) {
    return refuse('unknown_option', '/action', 'Only a domain has an action: leave it out.');
  }
  const action = line.action ?? 'register';
  const wanted = components
    .filter(({ id, kind }) => kind === 'base' || kind === 'addon' || (kind === 'domain' && id === action))
    .map(({ id }) => id);
  if (isDomain && !wanted.includes(action)) {
    return refuse('not_offered', '/action', `This domain cannot be bought with the action "${action}".`);
  }
  const unsold = wanted.find((id) => !sold(id));
  if (unsold !== undefined) {
    return refuse('not_offered', '/term', `"${unsold}" has no price in the term ${line.term}: choose another term.`);
  }
  if (isDomain && !sold('renew')) {
    return refuse('not_offered', '/term', `This domain has no renewal price in the term ${line.term}.`);
  }
  return {
    value: { chosen: wanted.map((component) => ({ component, quantity: 1 })), renewal: isDomain ? 'renew' : null },
  };
}
