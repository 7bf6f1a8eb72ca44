import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeys, installationKeys, KeyFileError, readOrCreateKeys, rotateKey, secretBytes } from './keys.ts';

describe('keys of an installation', () => {
  it('hold 32 random bytes each, another for every direction', () => {
    const keys = createKeys();
    const all = [...keys.hostToPlugin, ...keys.pluginToHost, ...keys.session];
    expect(installationKeys.parse(keys)).toEqual(keys);
    expect(all.map(({ secret }) => secretBytes(secret).length)).toEqual([32, 32, 32]);
    expect(new Set(all.map(({ secret }) => secret)).size).toBe(3);
  });

  it('keep the key before a rotation, drop the one before that, and leave other directions alone', () => {
    const first = createKeys();
    const second = rotateKey(first, 'session');
    const third = rotateKey(second, 'session');
    expect(second.session.slice(1)).toEqual(first.session);
    expect(third.session).toEqual([third.session[0], second.session[0]]);
    expect(third.hostToPlugin).toEqual(first.hostToPlugin);
    expect(first.session).toHaveLength(1);
  });
});

describe('a key file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is made with mode 0600 below folders that did not exist, and read again unchanged', () => {
    const file = join(folder, 'a', 'b', 'keys.json');
    const keys = readOrCreateKeys(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readOrCreateKeys(file)).toEqual(keys);
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['keys.json']);
  });

  it('gives the same keys to processes that start together', async () => {
    const file = join(folder, 'keys.json');
    const script = `import { readOrCreateKeys } from ${JSON.stringify(new URL('./keys.ts', import.meta.url).href)};
      process.stdout.write(readOrCreateKeys(${JSON.stringify(file)}).installation);`;
    const run = promisify(execFile);
    const started = Array.from({ length: 4 }, () => run(process.execPath, ['--input-type=module', '--eval', script]));
    const answers = await Promise.all(started);
    expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  it('is refused when others may read it, with the command that mends it', () => {
    const file = join(folder, 'keys.json');
    readOrCreateKeys(file);
    chmodSync(file, 0o640);
    expect(() => readOrCreateKeys(file)).toThrow(KeyFileError);
    expect(() => readOrCreateKeys(file)).toThrow(`chmod 600 ${file}`);
  });

  it('is refused without showing its content when it holds something else', () => {
    const file = join(folder, 'keys.json');
    const keys = readOrCreateKeys(file);
    const secret = keys.session[0]?.secret ?? '';
    writeFileSync(file, readFileSync(file, 'utf8').replace('"session"', '"sessions"'));
    expect(() => readOrCreateKeys(file)).toThrow('is not a key file');
    expect(() => readOrCreateKeys(file)).not.toThrow(secret);
    writeFileSync(file, 'not json');
    expect(() => readOrCreateKeys(file)).toThrow('is not a key file');
  });
});
