import { pointerStep, refuse, type OrRefusal } from './refusal.ts';
import type { ChosenComponent, OptionShape } from './shapes.ts';

/** A component that carries an option. */
export interface OptionMember {
  readonly component: string;
  readonly option: OptionShape;
}

type OptionValue = string | number | boolean | undefined;

/**
 * The component one option adds to a line, null when it is not chosen (rule 14). `members` are the components that
 * carry the option: one per choice, or a single one for a quantity or flag.
 */
export function chooseOption(
  name: string,
  members: readonly OptionMember[],
  value: OptionValue,
  term: string,
  sold: (component: string) => boolean,
): OrRefusal<ChosenComponent | null> {
  const required = members.some(({ option }) => isRequired(option));
  if (required && !members.some(({ component }) => sold(component))) {
    const message = `The required option "${name}" has no price in the term ${term}: choose another term.`;
    return refuse('not_offered', '/term', message);
  }
  if (value === undefined) {
    return required
      ? refuse('option_required', pathOf(name), `Give the option "${name}": ${expected(members)}.`)
      : { value: null };
  }
  const choice = pick(name, members, value, required);
  if ('refusal' in choice || choice.value === null) return choice;
  if (!sold(choice.value.component)) {
    return refuse(
      'not_offered',
      pathOf(name),
      `"${choice.value.component}" is not sold in the term ${term}: choose another.`,
    );
  }
  return choice;
}

function pathOf(option: string): string {
  return `/options${pointerStep(option)}`;
}

function isRequired(option: OptionShape): boolean {
  return option.required === true || (option.type === 'quantity' && option.min > 0);
}

function expected(members: readonly OptionMember[]): string {
  const option = members[0]?.option;
  if (option?.type === 'quantity') return `a whole number from ${lowest(option)} to ${option.max}`;
  if (option?.type === 'flag') return 'true or false';
  return `one of ${members.map((member) => (member.option.type === 'choice' ? member.option.choice : '')).join(', ')}`;
}

function lowest(option: { readonly min: number; readonly required?: boolean | undefined }): number {
  return option.required === true ? Math.max(1, option.min) : option.min;
}

function pick(
  name: string,
  members: readonly OptionMember[],
  value: string | number | boolean,
  required: boolean,
): OrRefusal<ChosenComponent | null> {
  const first = members[0];
  if (first === undefined || first.option.type === 'choice') {
    const member = members.find(({ option }) => option.type === 'choice' && option.choice === value);
    if (member !== undefined) return { value: { component: member.component, quantity: 1 } };
    return refuse(
      'unknown_option',
      pathOf(name),
      `The option "${name}" has no choice "${value}": give ${expected(members)}.`,
    );
  }
  if (first.option.type === 'flag') {
    if (value === true || value === 1) return { value: { component: first.component, quantity: 1 } };
    if (value !== false && value !== 0) {
      return refuse('quantity_out_of_range', pathOf(name), `The option "${name}" is a switch: give true or false.`);
    }
    return required ? refuse('option_required', pathOf(name), `The option "${name}" must be true.`) : { value: null };
  }
  const { min, max } = { min: lowest(first.option), max: first.option.max };
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    return refuse('quantity_out_of_range', pathOf(name), `The option "${name}" takes ${expected(members)}.`);
  }
  return { value: value === 0 ? null : { component: first.component, quantity: value } };
}
