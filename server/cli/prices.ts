import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { compileProduct } from '../pricing/compile-product.ts';
import { compile } from '../pricing/compile.ts';
import { PricingError, type PricingInput } from '../pricing/errors.ts';
import { explain } from '../pricing/explain.ts';
import { parseCatalogue, type Catalogue } from '../pricing/formats/catalogue.ts';
import { checkRules } from '../pricing/formats/check-rules.ts';
import { errorDocument } from '../pricing/formats/error.ts';
import { isMoment } from '../pricing/formats/fields.ts';
import { readJson } from '../pricing/formats/json.ts';
import { parseOrder } from '../pricing/formats/order.ts';
import { checkReseller, parseReseller, parseResellers, type Reseller } from '../pricing/formats/reseller.ts';
import { parseRules, type Rules } from '../pricing/formats/rules.ts';
import { quote, quoteCatalogue } from '../pricing/quote.ts';
import { ruleStack } from '../pricing/rule-stack.ts';
import { stackSlice } from '../pricing/stack-slice.ts';

/** Where a command speaks to: one JSON document to `stdout`, words to `stderr`. `exit` sets the code of the process. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly exit: (code: number) => void;
}

/** What commander hands over: an option without its value is `true`. */
type Given = Readonly<Record<string, string | true | undefined>>;

interface Inputs {
  readonly catalogue: Catalogue;
  readonly rules: Rules;
  readonly resellers: readonly Reseller[];
  /** An array comes out if an array went in. */
  readonly several: boolean;
  readonly at: string;
}

const OPTIONS = {
  catalogue: 'file with the catalogue (catalogue/1)',
  rules: 'file with the rules (rules/1)',
  reseller: 'file with one reseller (reseller/1) or an array of them',
  at: 'moment in UTC, such as 2027-01-01T00:00:00Z',
};
const ORDER_OPTIONS = { ...OPTIONS, order: 'file with the order (order/1)' };
const EXPLAIN_OPTIONS = {
  ...OPTIONS,
  product: 'product id',
  component: 'component id',
  term: 'billing term such as 1M',
  currency: 'currency code',
  charge: 'price or setup',
};

/**
 * The command `prices` with compile, quote and explain: pricing on files, without database, network and clock.
 * Bad input of any kind ends with error/1 on stdout and exit code 2; it never throws.
 */
export function pricesCommand(io: CommandIo): Command {
  const prices = new Command('prices').description('Compile, quote and explain wholesale prices from files.');
  add(prices, io, 'compile', 'Print the price list of a reseller at a moment.', OPTIONS, (given) => {
    const inputs = readInputs(given);
    return each(inputs, (reseller) => compile(inputs.catalogue, inputs.rules, reseller, inputs.at));
  });
  add(prices, io, 'quote', 'Print what an order costs a reseller at a moment.', ORDER_OPTIONS, (given) => {
    const inputs = readInputs(given);
    const order = parseOrder(readDocument(given, 'order'));
    return each(inputs, (reseller) => quoteFor(inputs, reseller, order));
  });
  add(prices, io, 'explain', 'Print why one charge costs what it costs.', EXPLAIN_OPTIONS, (given) => {
    const charge = text(given, 'charge');
    if (charge !== 'price' && charge !== 'setup') throw usage(`--charge is price or setup, not "${charge}".`);
    const [product, component] = [text(given, 'product'), text(given, 'component')];
    const name = { product, component, term: text(given, 'term'), currency: text(given, 'currency'), charge } as const;
    const inputs = readInputs(given);
    return each(inputs, (reseller) => explain(inputs.catalogue, inputs.rules, reseller, inputs.at, name));
  });
  loose(prices).action(() => {
    run(io, () => {
      throw usage(`Give one of compile, quote, explain${prices.args[0] ? `, not "${prices.args[0]}"` : ''}.`);
    });
  });
  return prices.configureOutput({
    writeOut: (words) => io.stdout.write(words),
    writeErr: (words) => io.stderr.write(words),
  });
}

/** Options and their presence are checked here and not by commander, so that every mistake has one form and exit code. */
function loose(command: Command): Command {
  return command.allowUnknownOption().allowExcessArguments();
}

function add(
  parent: Command,
  io: CommandIo,
  name: string,
  about: string,
  options: Readonly<Record<string, string>>,
  answer: (given: Given) => unknown,
): void {
  const command = loose(parent.command(name).description(about));
  for (const [option, words] of Object.entries(options)) command.option(`--${option} [value]`, words);
  command.action((given: Given) => {
    run(io, () => {
      const [unknown] = command.args;
      if (unknown !== undefined) throw usage(`"${unknown}" is not an option of prices ${name}.`);
      return answer(given);
    });
  });
}

function run(io: CommandIo, answer: () => unknown): void {
  try {
    io.stdout.write(`${JSON.stringify(answer())}\n`);
    io.exit(0);
  } catch (error) {
    const refused = error instanceof PricingError ? error : unexpected(error);
    io.stdout.write(`${JSON.stringify(errorDocument(refused))}\n`);
    io.stderr.write(`${refused.message}\n`);
    io.exit(2);
  }
}

function unexpected(error: unknown): PricingError {
  const reason = error instanceof Error ? error.message : String(error);
  return new PricingError('internal_error', 'arguments', '', `This should not happen: ${reason}`);
}

function readInputs(given: Given): Inputs {
  const at = text(given, 'at');
  if (!isMoment(at)) {
    const message = `--at is a moment in UTC such as 2027-01-01T00:00:00Z, not "${at}".`;
    throw new PricingError('invalid_moment', 'arguments', '', message);
  }
  const catalogue = parseCatalogue(readDocument(given, 'catalogue'));
  const rules = parseRules(readDocument(given, 'rules'));
  checkRules(catalogue, rules);
  const document = readDocument(given, 'reseller');
  const several = Array.isArray(document);
  const resellers = several ? parseResellers(document) : [parseReseller(document)];
  for (const [index, reseller] of resellers.entries()) checkReseller(rules, reseller, several ? `/${index}` : '');
  return { catalogue, rules, resellers, several, at };
}

function each<T>({ resellers, several }: Inputs, answer: (reseller: Reseller) => T): T | T[] {
  const answers = resellers.map((reseller) => answer(reseller));
  return several ? answers : (answers[0] ?? answers);
}

function quoteFor({ catalogue, rules, at }: Inputs, reseller: Reseller, order: ReturnType<typeof parseOrder>) {
  const { stack } = ruleStack(rules, reseller, at);
  const ordered = new Set(order.lines.map(({ product }) => product));
  const rows = new Map(
    catalogue.products
      .filter(({ id }) => ordered.has(id))
      .map((product) => [product.id, compileProduct(catalogue, product, stackSlice(stack, product)).rows]),
  );
  return quote(
    quoteCatalogue(catalogue, (product) => rows.get(product) ?? []),
    order,
  );
}

function text(given: Given, option: keyof typeof EXPLAIN_OPTIONS | 'order'): string {
  const value = given[option];
  if (typeof value === 'string' && value !== '') return value;
  throw usage(`Give --${option}: ${{ ...ORDER_OPTIONS, ...EXPLAIN_OPTIONS }[option]}.`);
}

function usage(message: string): PricingError {
  return new PricingError('bad_usage', 'arguments', '', message);
}

function readDocument(given: Given, input: Exclude<PricingInput, 'arguments'>): unknown {
  const file = text(given, input);
  let content: string;
  try {
    content = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PricingError('unreadable_file', input, '', `Cannot read the ${input} from "${file}": ${reason}.`);
  }
  return readJson(content, input);
}
