import { api } from '#lib/api/client.ts';
import type { ApplicationAnswers, OwnApplication } from '#lib/api/contract.ts';
import { toProblem, type Problem } from '#lib/api/errors.ts';
import { firstAnswers, type Answer } from './answers.ts';

/** A pause in typing after which the draft is kept on the server. */
const KEEP_AFTER = 1500;

/** An application while it is written. The server keeps it, so that a lost page loses nothing. */
export class ApplicationForm {
  answers = $state<ApplicationAnswers>({});
  keptAt = $state<string | null>(null);
  changed = $state(false);
  sending = $state(false);
  problem = $state<Problem | null>(null);
  readonly form: OwnApplication['form'];
  #version: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> = Promise.resolve(true);

  constructor({ application, form, known }: OwnApplication) {
    this.form = form;
    const draft = application?.status === 'draft' ? application : null;
    this.#version = draft?.version ?? null;
    this.answers = draft ? { ...draft.answers } : firstAnswers(form.fields, known);
  }

  set(field: string, value: Answer): void {
    this.answers[field] = value;
    this.changed = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), KEEP_AFTER);
  }

  /** Keeps the draft, one saving after the other. False when it failed. */
  keep = (): Promise<boolean> => {
    clearTimeout(this.#timer);
    this.#running = this.#running.then(() => this.#save());
    return this.#running;
  };

  async #save(): Promise<boolean> {
    if (!this.changed && this.#version !== null) return true;
    this.changed = false;
    try {
      const answers = $state.snapshot(this.answers);
      const kept = await api().application.saveDraft.mutate({ version: this.#version, answers });
      this.#version = kept.version;
      this.keptAt = new Date().toISOString();
      this.problem = null;
      return true;
    } catch (error) {
      this.changed = true;
      this.problem = toProblem(error);
      return false;
    }
  }

  /** True when it was sent. */
  async send(): Promise<boolean> {
    if (this.sending) return false;
    this.sending = true;
    this.problem = null;
    try {
      if (!(await this.keep())) return false;
      await api().application.submit.mutate({
        version: this.#version ?? 0,
        formVersion: this.form.version,
        answers: $state.snapshot(this.answers),
      });
      this.changed = false;
      return true;
    } catch (error) {
      this.problem = toProblem(error);
      return false;
    } finally {
      this.sending = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.changed) void this.keep();
  }
}
