import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editBook } from '../../server/modules/price-version/edit-book.ts';
import { listChanges } from '../../server/modules/price-version/list-changes.ts';
import { listVersions } from '../../server/modules/price-version/list.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { fillCatalogue } from '../support/many-products.ts';
import { faultsOf, logIn, openScreen } from '../support/windows.ts';

let it: Installation;
let browser: Browser | undefined;
let page: Page;
beforeAll(async () => {
  it = await startInstallation();
  browser = await startBrowser();
  page = await logIn(browser, it, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const PATH = '/pricing/books?who=tier:gold';

/** The fixed prices that the open draft would publish, by product and term. */
async function drafted(): Promise<Record<string, string | null>> {
  const [draft] = (await listVersions(it.admin(), { states: ['draft'] })).rows;
  if (!draft) return {};
  const { rows } = await listChanges(it.admin(), { id: draft.id, limit: 500 });
  return Object.fromEntries(
    rows.flatMap(({ after }) =>
      after && 'price' in after ? [[`${after.product} ${after.component} ${after.term}`, after.price]] : [],
    ),
  );
}

/** The cell of a line in a term, by the names that a person reads. */
const cellOf = (grid: Locator, line: RegExp, column: number): Locator =>
  grid.getByRole('row').filter({ hasText: line }).first().getByRole('gridcell').nth(column);

async function openGrid(path = PATH): Promise<{ screen: FrameLocator; grid: Locator }> {
  const screen = await openScreen(page, it, 'admin', path);
  const grid = screen.getByRole('grid', { name: 'Price book' });
  await grid.waitFor();
  return { screen, grid };
}

test('by keyboard alone: prices are typed, a slip is asked about, an error holds nothing up, and all is taken back', async () => {
  const screen = await openScreen(page, it, 'admin', '/pricing/books');
  await screen.getByRole('button', { name: 'Tier Gold' }).press('Enter');
  const grid = screen.getByRole('grid', { name: 'Price book' });
  await grid.waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await grid.press('7');
  await page.keyboard.type('.5');
  await page.keyboard.press('Enter');
  const first = cellOf(grid, /VPS S Base price/, 0);
  await first.getByText('was $8.00').waitFor();
  await first.getByText('$7.50').waitFor();

  // The cursor went down to the setup fee; back up and to the right is the price for 3 months, 24.00.
  await grid.press('ArrowUp');
  await grid.press('ArrowRight');
  await grid.press('2');
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  const slip = screen.getByRole('dialog', { name: /1 price changes by more than 20/ });
  await slip.getByText(/\$24\.00 → \$220\.00/).waitFor();
  await slip.getByRole('button', { name: 'Cancel' }).press('Enter');
  await slip.waitFor({ state: 'hidden' });
  expect(await drafted()).toEqual({ 'vps-s base 1M': '7.50' });

  // Under cost, and not readable: named, each a way to its cell, and what comes after is saved all the same.
  await grid.focus();
  await grid.press('ArrowUp');
  await grid.press('3');
  await page.keyboard.press('Tab');
  await grid.press('8');
  await page.keyboard.type('x');
  await page.keyboard.press('Enter');
  await grid.press('ArrowDown');
  await grid.press('ArrowDown');
  await grid.press('Control+ArrowLeft');
  await grid.press('2');
  await page.keyboard.press('Enter');
  await screen.getByText('2 prices were not saved').waitFor();
  await screen
    .getByText(/under the cost of 12/)
    .first()
    .waitFor();
  await screen
    .getByText(/“8x” is not an amount/)
    .first()
    .waitFor();
  await expect.poll(drafted).toEqual({ 'vps-s base 1M': '7.50', 'vps-s ram:8g 1M': '2.00' });
  expect(await faultsOf(page)).toEqual([]);
  await screen.getByRole('button', { name: /VPS S, Base price, 1 year/ }).press('Enter');
  await grid.press('Enter');
  await expect.poll(() => grid.getByRole('textbox').inputValue()).toBe('8x');
  await page.keyboard.press('Escape');
  await grid.press('Enter');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('79.00');
  await page.keyboard.press('Enter');
  await screen.getByText('1 price was not saved').waitFor();

  for (const left of [2, 1, 0]) {
    await grid.press('Control+z');
    await expect.poll(async () => Object.keys(await drafted()).length).toBe(left);
  }
  await first.getByText('$8.00').waitFor();
  await grid.press('Control+y');
  await expect.poll(drafted).toEqual({ 'vps-s base 1M': '7.50' });
  await grid.press('Control+z');
  await expect.poll(drafted).toEqual({});
});

test('tools change what is selected, and copying and pasting go through the clipboard of the computer', async () => {
  const { screen, grid } = await openGrid();
  await grid.press('Control+Home');
  await grid.press('Shift+ArrowRight');
  await screen.getByText('2 prices selected').waitFor();
  await screen.getByRole('button', { name: 'Set percent' }).press('Enter');
  await screen.getByLabel('Percent off retail').fill('25');
  await screen.getByRole('button', { name: 'Change 2 prices' }).press('Enter');
  await expect.poll(drafted).toEqual({ 'vps-s base 1M': '7.50', 'vps-s base 3M': '22.50' });
  await screen.getByRole('button', { name: 'Round to 9' }).press('Enter');
  await expect.poll(drafted).toEqual({ 'vps-s base 1M': '7.49', 'vps-s base 3M': '22.49' });
  await screen.getByRole('button', { name: 'Copy term' }).press('Enter');
  await screen.getByRole('button', { name: 'Change 2 prices' }).press('Enter');
  await expect.poll(drafted).toEqual({ 'vps-s base 1M': '7.49', 'vps-s base 3M': '22.47' });

  await grid.press('Control+c');
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('7.49\t22.47');
  await page.evaluate(`navigator.clipboard.writeText('7.60\\t22.80\\n')`);
  await grid.press('Control+v');
  await expect.poll(drafted).toEqual({ 'vps-s base 1M': '7.60', 'vps-s base 3M': '22.80' });
  await screen.getByLabel('Lines shown').selectOption('Changed in the draft');
  await screen.getByText('1 line', { exact: true }).waitFor();

  // A table with names: what does not match is named, and stays out of the draft.
  await screen.getByLabel('Lines shown').selectOption('All lines');
  const table = [
    'Product\tLine\t1 month\t1 year',
    'VPS M\t\t15.50\t155.00',
    'VPS Q\t\t1.00\t1.00',
    'VPS M\tGPU\t1.00\t1.00',
    'VPS L\t\tcheap\t300.00',
    'web-pro\t\t7.90\t1.00',
  ];
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(table.join('\n'))})`);
  await grid.press('Control+v');
  const dialog = screen.getByRole('dialog', { name: 'Paste from a spreadsheet' });
  for (const text of [/no product “VPS Q”/, /no line “VPS M, GPU”/, /“cheap” is not an amount/]) {
    await dialog.getByText(text).waitFor();
  }
  await dialog.getByText('5 prices fit, 3 don’t. Beyond the limit: 1.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Put 5 prices in draft' }).press('Enter');
  await screen
    .getByRole('dialog', { name: /1 price changes/ })
    .getByRole('button', { name: 'Leave these out' })
    .press('Enter');
  await expect.poll(drafted).toEqual({
    'vps-s base 1M': '7.60',
    'vps-s base 3M': '22.80',
    'vps-m base 1M': '15.50',
    'vps-m base 1Y': '155.00',
    'vps-l base 1Y': '300.00',
    'web-pro base 1M': '7.90',
  });

  // Left for another screen and found again, what was done can still be taken back, to the start.
  await screen.getByRole('link', { name: 'Versions' }).press('Enter');
  await screen
    .getByRole('link', { name: /New prices/ })
    .first()
    .waitFor();
  await screen.getByRole('link', { name: 'Price books' }).press('Enter');
  await screen.getByRole('button', { name: 'Tier Gold' }).press('Enter');
  const undo = screen.getByRole('button', { name: 'Take back' });
  const takeBack = async (month: string | undefined, quarter: string | undefined): Promise<void> => {
    await undo.press('Enter');
    const left = month ? { 'vps-s base 1M': month, 'vps-s base 3M': quarter } : {};
    await expect.poll(drafted).toEqual(left);
  };
  await takeBack('7.60', '22.80');

  // A reload forgets nothing of it: repeated, and taken back to the start.
  await openGrid();
  await screen.getByRole('button', { name: 'Repeat' }).press('Enter');
  await expect.poll(async () => Object.keys(await drafted()).length).toBe(6);
  await takeBack('7.60', '22.80');
  await takeBack('7.49', '22.47');
  await openGrid();
  await takeBack('7.49', '22.49');
  await takeBack('7.50', '22.50');
  await takeBack(undefined, undefined);
  await expect.poll(() => undo.isDisabled()).toBe(true);
});

test('what somebody else changed in the draft meanwhile is not taken back over', async () => {
  const { screen, grid } = await openGrid();
  await grid.press('Control+Home');
  await grid.press('7');
  await page.keyboard.press('Enter');
  await expect.poll(drafted).toEqual({ 'vps-s base 1M': '7.00' });
  const [draft] = (await listVersions(it.admin(), { states: ['draft'] })).rows;
  const theirs = { product: 'vps-s', component: 'base', term: '1M', charge: 'price', amount: '7.20' } as const;
  const elsewhere = { draft: draft!, tierId: 'gold', currency: 'USD', operation: { kind: 'set' } } as const;
  const { draft: next } = await editBook(it.admin(), { ...elsewhere, cells: [theirs] });
  await openGrid();
  await cellOf(grid, /VPS S Base price/, 0)
    .getByText('$7.20')
    .waitFor();
  await screen.getByRole('button', { name: 'Take back' }).press('Enter');
  await screen
    .getByText(/changed elsewhere since/)
    .first()
    .waitFor();
  expect(await drafted()).toEqual({ 'vps-s base 1M': '7.20' });
  await editBook(it.admin(), { ...elsewhere, draft: next!, cells: [{ ...theirs, amount: null }] });
});

test('on a phone the grid is read, and a cell is changed in a sheet of its own', async () => {
  const phone = await logIn(browser!, it, 'admin', { width: 360 });
  const screen = await openScreen(phone, it, 'admin', PATH);
  const grid = screen.getByRole('grid', { name: 'Price book' });
  await grid.waitFor();
  await expect.poll(() => grid.getAttribute('aria-readonly')).toBe('true');
  expect(await faultsOf(phone)).toEqual([]);
  await cellOf(grid, /VPS S Base price/, 0).click();
  const sheet = screen.getByRole('dialog', { name: 'VPS S, Base price, 1 month' });
  await sheet.getByLabel('Fixed price').fill('7.10');
  expect(await faultsOf(phone)).toEqual([]);
  await sheet.getByRole('button', { name: 'Fix at $7.10' }).press('Enter');
  await cellOf(grid, /VPS S Base price/, 0)
    .getByText('$7.10')
    .waitFor();
  expect(await drafted()).toEqual({ 'vps-s base 1M': '7.10' });
  await phone.close();
});

test('10,000 lines: the end is reached, its last line is edited, and 500 lines are pasted', async () => {
  await fillCatalogue(it.admin());
  const { screen, grid } = await openGrid();
  await screen.getByText(/^10,0\d\d lines$/).waitFor();
  // Only what is in view is in the document.
  await expect.poll(() => grid.getByRole('row').count()).toBeLessThan(40);
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(10_000);
  await grid.press('Control+End');
  const last = cellOf(grid, /Part 4 Server 2000/, 3);
  await last.getByText('$8.00').waitFor();
  // The last column is "one time", in which it is not sold.
  await grid.press('ArrowLeft');
  await grid.press('8');
  await page.keyboard.type('.40');
  await page.keyboard.press('Enter');
  await last.getByText('$8.40').waitFor();
  await expect.poll(drafted).toMatchObject({ 'bulk-2000 part-4 2Y': '8.40' });

  const lines = Array.from({ length: 500 }, (_, index) => `Server ${index + 1}\t8.80\t88.00`);
  lines[250] = 'Server 99999\t8.80\t9.00';
  await page.evaluate(
    `navigator.clipboard.writeText(${JSON.stringify(['Product\t1 month\t1 year', ...lines].join('\n').replaceAll('\t88.00', '\t8.90'))})`,
  );
  await grid.press('Control+v');
  const dialog = screen.getByRole('dialog', { name: 'Paste from a spreadsheet' });
  await dialog.getByText(/no product “Server 99999”/).waitFor();
  await dialog.getByRole('button', { name: 'Put 998 prices in draft' }).press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await grid.press('Control+Home');
  await screen.getByLabel('Search products').fill('Server 500');
  await cellOf(grid, /Server 500 Base price/, 0)
    .getByText('$8.80')
    .waitFor();
  await cellOf(grid, /Server 500 Base price/, 2)
    .getByText('$8.90')
    .waitFor();

  // The rules behind them, by the names of their products, with what each decides.
  const rules = await openScreen(page, it, 'admin', '/pricing/rules?kind=book');
  const rule = rules.getByRole('row', { name: /^Server \d+, base, / }).first();
  await rule.getByText('1 line', { exact: true }).waitFor();
  await rule.getByText('0 resellers').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});
