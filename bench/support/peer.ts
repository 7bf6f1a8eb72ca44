import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Load } from './in-process-load.ts';

/** Another one's library below bench/peers, installed there alone and run in a process of its own. */
export interface PeerSource {
  folder: string;
  /** Its script, which answers each line of its standard input with one of JSON. */
  script: string;
  /** A package by which one sees that it is installed. */
  package: string;
  /** What its installation takes on the disk. */
  size: string;
  env?: Record<string, string>;
}

export interface Peer<Question> {
  measure(question: Question): Promise<Load>;
  stop(): Promise<void>;
}

/** Installs the peer on first use and starts it on a database of its own. A reason in words when that cannot be. */
export async function startPeer<Question>(
  source: PeerSource,
  databaseUrl: string,
  say: (words: string) => void,
): Promise<Peer<Question> | { reason: string }> {
  const cwd = fileURLToPath(new URL(`../peers/${source.folder}/`, import.meta.url));
  const reason = install(source, cwd, say);
  if (reason !== null) return { reason };
  const child = spawn(process.execPath, [source.script], {
    cwd,
    env: { ...process.env, PG_URL: databaseUrl, ...source.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It warns of parts that are left out here; its words only matter when it fails.
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words = `${words}${chunk.toString()}`.slice(-600)));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      if (line.value.startsWith('{')) return JSON.parse(line.value) as Load & { ready?: boolean };
    }
    return null;
  };
  if (!(await read())) return { reason: `it ended before it was ready: ${words.trim()}` };
  return {
    measure: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const answer = await read();
      if (!answer) throw new Error(`${source.folder} ended while it was measured: ${words}`);
      return answer;
    },
    stop: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      child.stdin.end();
      await gone;
      process.off('exit', kill);
    },
  };
}

function install(source: PeerSource, cwd: string, say: (words: string) => void): string | null {
  if (existsSync(`${cwd}node_modules/${source.package}/package.json`)) return null;
  say(`Installing the peer once: npm ci in bench/peers/${source.folder} (about ${source.size})`);
  const done = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd, encoding: 'utf8', timeout: 300_000 });
  if (done.status === 0) return null;
  return `npm ci failed: ${(done.error?.message ?? done.stderr).trim().split('\n').at(0)}`;
}
