import { fork } from 'node:child_process';

/** A part of a bench in a process of its own, so that it shares no thread with what measures it. */
export interface Child<Ready> {
  ready: Ready;
  /** One question at a time. */
  ask<Answer>(question: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

type Message = { answer: unknown } | { failure: string };

/** Starts a file that calls `serveParent` and waits until it is ready. */
export async function startChild<Ready>(file: URL, setup: unknown): Promise<Child<Ready>> {
  // Standard output belongs to the report.
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ask = <Answer>(question: unknown): Promise<Answer> =>
    new Promise((done, failed) => {
      const ended = (code: number | null) => failed(new Error(`${file.pathname} ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        const reply = message as Message;
        if ('failure' in reply) failed(new Error(reply.failure));
        else done(reply.answer as Answer);
      });
      child.send({ question });
    });
  const stop = async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.disconnect();
    await gone;
    process.off('exit', kill);
  };
  return { ready: await ask<Ready>(setup), ask, stop };
}

export interface Served<Ready, Question, Answer> {
  ready: Ready;
  answer(question: Question): Promise<Answer>;
  stop(): Promise<void>;
}

/** The child's side: the first message sets up, each later one is a question, and the parent's leaving ends it. */
export function serveParent<Setup, Ready, Question, Answer>(
  start: (setup: Setup) => Promise<Served<Ready, Question, Answer>>,
): void {
  let served: Served<Ready, Question, Answer> | null = null;
  const handle = async (question: unknown): Promise<unknown> => {
    if (served) return served.answer(question as Question);
    served = await start(question as Setup);
    return served.ready;
  };
  process.on('message', ({ question }: { question: unknown }) => {
    handle(question).then(
      (answer) => process.send?.({ answer: answer ?? null }),
      (error: unknown) =>
        process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => {
    void Promise.resolve(served?.stop()).finally(() => process.exit(0));
  });
}
