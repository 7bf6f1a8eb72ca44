import { expect, test } from 'vitest';
import { formatMinor, minorUnits } from '../../hooks/prices/money.ts';
import { guardLine, type LineToGuard } from '../../hooks/prices/guard.ts';
import { fossbillingCatalogue } from '../../hooks/hosts/fossbilling/catalogue.ts';
import type { HostCurrency, HostProduct } from '../../hooks/hosts/fossbilling/answers.ts';
import { contains, readVectors, type Documents, type VectorCase } from '../../test/vectors/read.ts';
import { compile } from './compile.ts';
import { PricingError } from './errors.ts';
import { parseCatalogue } from './formats/catalogue.ts';
import { checkRules } from './formats/check-rules.ts';
import { isMoment } from './formats/fields.ts';
import { readJson } from './formats/json.ts';
import { parseOrder } from './formats/order.ts';
import type { PriceList } from './formats/price-list.ts';
import { checkReseller, parseReseller } from './formats/reseller.ts';
import { parseRules } from './formats/rules.ts';
import { quote, quoteCatalogue } from './quote.ts';
import { booksUnderCost } from './under-cost.ts';

for (const vector of readVectors()) {
  test(`${vector.file}: ${vector.name}`, () => {
    if (vector.expect.error === undefined) checkAnswer(vector);
    else checkRefusal(vector, vector.expect.error);
  });
}

function checkRefusal(vector: VectorCase, error: Readonly<Record<string, string>>): void {
  let thrown: unknown;
  try {
    answer(vector);
  } catch (caught) {
    thrown = caught;
  }
  expect(thrown).toBeInstanceOf(PricingError);
  expect(thrown).toMatchObject(error);
}

function checkAnswer(vector: VectorCase): void {
  const { expect: expected } = vector;
  const result = answer(vector);
  if (vector.command === 'guard') expect(result).toEqual(expected.verdict);
  else if (vector.command === 'compile') checkList(result as PriceList, vector);
  else
    expect({ result, contains: contains(result, expected.quote ?? expected.underCost) }).toHaveProperty(
      'contains',
      true,
    );
}

function checkList(list: PriceList, { expect: expected }: VectorCase): void {
  for (const row of expected.rows ?? []) {
    const { product, component, term, currency, charge } = row;
    const [found, ...others] = list.rows.filter((each) =>
      contains(each, { product, component, term, currency, charge }),
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject(row);
  }
  if (expected.rowCount !== undefined) expect(list.rows).toHaveLength(expected.rowCount);
  if (expected.order !== undefined) expect(list.rows.map(({ product }) => product)).toEqual(expected.order);
  if (expected.omitted !== undefined) expect(list.omitted).toEqual(expected.omitted);
  if (expected.warnings !== undefined) expect(list.warnings.map(({ code }) => code)).toEqual(expected.warnings);
  if (expected.validUntil !== undefined) expect(list.validUntil).toBe(expected.validUntil);
  if (expected.at !== undefined) expect(list.at).toBe(expected.at);
  if (expected.hash !== undefined) expect(list.hash).toBe(expected.hash);
}

function answer({ command, input }: VectorCase): unknown {
  if (command === 'guard') return guardVerdict(input);
  const catalogue = parseCatalogue(hostCatalogue(input) ?? document(input, 'catalogue'));
  const rules = parseRules(document(input, 'rules'));
  checkRules(catalogue, rules);
  if (command === 'publish') return booksUnderCost(catalogue, rules);
  const reseller = parseReseller(document(input, 'reseller'));
  checkReseller(rules, reseller);
  const at = String(input['at']);
  if (!isMoment(at)) throw new PricingError('invalid_moment', 'arguments', '', at);
  const list = compile(catalogue, rules, reseller, at);
  if (command === 'compile') return list;
  const rowsOf = (product: string) => list.rows.filter((row) => row.product === product);
  return quote(quoteCatalogue(catalogue, rowsOf), parseOrder(document(input, 'order')));
}

function document(input: Documents, name: 'catalogue' | 'rules' | 'reseller' | 'order'): unknown {
  const raw = (input['text'] as Record<string, string> | undefined)?.[name];
  return raw === undefined ? input[name] : readJson(raw, name);
}

function hostCatalogue(input: Documents): unknown {
  const host = input['fossbilling'] as { products: HostProduct[]; currencies: HostCurrency[] } | undefined;
  return host && fossbillingCatalogue(host.products, host.currencies);
}

function guardVerdict(input: Documents): unknown {
  const { digits, line, lock, list } = input as {
    digits: number;
    line: Omit<LineToGuard, 'unit'> & { unit: string };
    lock: string | null;
    list: string | null;
  };
  const minor = (text: string): bigint => minorUnits(text, digits) ?? 0n;
  const verdict = guardLine(
    { ...line, unit: minor(line.unit) },
    { lock: lock === null ? null : minor(lock), list: list === null ? null : minor(list) },
  );
  if (verdict.ok || verdict.reason === 'no_price') return verdict;
  const { correctTo, difference } = verdict;
  return { ...verdict, correctTo: formatMinor(correctTo, digits), difference: formatMinor(difference, digits) };
}
