import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const module = new URL('module/Reseller/', import.meta.url);
const read = (path: string, base: URL = module): string => readFileSync(new URL(path, base), 'utf8');

test('the module mounts screens with the very script that every other host uses', () => {
  // One source: after a change of it, cp hooks/frame/mount.js hooks/hosts/fossbilling/module/Reseller/assets/
  expect(read('assets/mount.js')).toBe(read('../../frame/mount.js', new URL('./', import.meta.url)));
});

test('templates print no value of another place unescaped', () => {
  const templates = readdirSync(new URL('templates', module), { recursive: true, encoding: 'utf8' });
  const pages = templates.filter((name) => name.endsWith('.twig'));
  expect(pages.length).toBeGreaterThanOrEqual(4);
  for (const page of pages) expect(read(`templates/${page}`), page).not.toMatch(/\|\s*raw\b|autoescape/);
});

test('texts of the pages go through the host’s translations', () => {
  for (const page of ['admin/mod_reseller_settings', 'admin/mod_reseller_index', 'client/mod_reseller_portal']) {
    const text = read(`templates/${page}.html.twig`)
      .replaceAll(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g, '')
      .replaceAll(/<[^>]*>/g, '');
    expect(text.replaceAll(/[\s()]/g, ''), page).toBe('');
  }
});
