import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Preflight } from '../preflight.ts';
import { handOver, unprivileged } from './account.ts';

/** Settings that trade durability for speed, for databases that live as long as a test run. */
export const THROWAWAY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

export interface ClusterPlace {
  /** Folder with bin/, lib/, share/. */
  binaries: string;
  /** Folder that holds (or will hold) the cluster and its log. */
  folder: string;
  /** File (mode 0600) that keeps the random password. */
  passwordFile: string;
  settings?: string[];
}

export interface RunningCluster {
  port: number;
  pid: number;
  password: string;
  /** False if it was found running: whoever started it stops it. */
  startedHere: boolean;
}

/** Starts the cluster in `place.folder` (making it first), or adopts the one that already serves it. */
export async function startCluster(place: ClusterPlace): Promise<RunningCluster> {
  const password = readOrMakePassword(place.passwordFile);
  mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  handOver(place.folder);
  if (!existsSync(join(place.folder, 'db', 'PG_VERSION'))) initialise(place, password);
  for (let attempt = 0; ; attempt++) {
    const found = await liveServer(place.folder);
    if (found) return { ...found, password, startedHere: false };
    const port = await freePort();
    const pid = launch(place, port);
    if (await accepts(place.folder, pid)) return { port, pid, password, startedHere: true };
    if (attempt >= 5) throw new Preflight(`PostgreSQL did not start; its log: ${join(place.folder, 'log')}`);
    await sleep(1000);
  }
}

/** Stops a postmaster: open transactions are rolled back, committed ones are kept. Waits up to 8 s. */
export async function stopCluster(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 8000],
    ['SIGQUIT', 2000],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const until = Date.now() + patienceMs;
    while (isAlive(pid) && Date.now() < until) await sleep(25);
  }
}

function initialise(place: ClusterPlace, password: string): void {
  const passwordCopy = join(place.folder, 'initial-password');
  writeFileSync(passwordCopy, password, { mode: 0o600 });
  handOver(passwordCopy);
  const speed = place.settings ? ['--no-sync'] : [];
  const outcome = spawnSync(
    join(place.binaries, 'bin', 'initdb'),
    [
      '-D',
      join(place.folder, 'db'),
      '-U',
      'reseller',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordCopy}`,
      '-E',
      'UTF8',
      '--locale=C',
      ...speed,
    ],
    { ...unprivileged(), encoding: 'utf8', cwd: place.folder },
  );
  rmSync(passwordCopy, { force: true });
  if (outcome.status !== 0) {
    rmSync(join(place.folder, 'db'), { recursive: true, force: true });
    throw new Preflight(`The embedded PostgreSQL could not be set up: ${outcome.stderr || outcome.error?.message}`);
  }
}

function launch(place: ClusterPlace, port: number): number {
  const log = openSync(join(place.folder, 'log'), 'a', 0o600);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...(place.settings ?? []),
  ];
  const server = spawn(
    join(place.binaries, 'bin', 'postgres'),
    ['-D', join(place.folder, 'db'), '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    // Detached: Ctrl-C in the terminal must reach the service first, which then stops the server in order.
    { ...unprivileged(), cwd: place.folder, detached: true, stdio: ['ignore', log, log] },
  );
  server.on('error', () => {});
  server.unref();
  return server.pid ?? -1;
}

async function accepts(folder: string, pid: number): Promise<boolean> {
  for (let waited = 0; waited < 10_000 && isAlive(pid); waited += 20) {
    const line = postmasterFile(folder);
    if (line?.ready && line.pid === pid) return true;
    await sleep(20);
  }
  return false;
}

/** A server that already runs on this folder; waits a little for one that is just starting or stopping. */
async function liveServer(folder: string): Promise<{ pid: number; port: number } | null> {
  for (let waited = 0; waited < 5000; waited += 50) {
    const file = postmasterFile(folder);
    if (!file || !isAlive(file.pid)) return null;
    if (file.ready) return { pid: file.pid, port: file.port };
    await sleep(50);
  }
  return null;
}

/** postmaster.pid: line 1 the process, line 4 the port, line 8 its state (PostgreSQL, "pid file contents"). */
function postmasterFile(folder: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(folder, 'db', 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readOrMakePassword(file: string): string {
  try {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done, failed) => probe.once('error', failed).listen(0, '127.0.0.1', done));
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  return port;
}
