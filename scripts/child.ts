import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  /** What its READY line said. */
  readonly ready: Record<string, string>;
  /** Ends it: SIGTERM, and SIGKILL when it has not ended after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
}

/** Starts one of our processes and waits for its READY line. What else it writes goes to standard error. */
export async function startChild(script: string, env: NodeJS.ProcessEnv): Promise<Child> {
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const ready = await new Promise<Record<string, string>>((done, failed) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (line.startsWith('READY ')) done(JSON.parse(line.slice(6)) as Record<string, string>);
      else process.stderr.write(`${line}\n`);
    });
    child.once('exit', (code, signal) => failed(new Error(`${script} ended before it was ready (${code ?? signal})`)));
  });
  return {
    process: child,
    pid: child.pid ?? -1,
    ready,
    stop: async (patienceMs) => {
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(patienceMs)]);
      child.kill('SIGKILL');
      await Promise.race([ended, sleep(500)]);
    },
  };
}
