import { api } from './client.ts';

const EVERY = 30_000;
const EVERY_WHILE_BUSY = 5000;
const STOP_AFTER_IDLE = 30 * 60_000;

interface Watcher {
  resources: string[];
  changed: () => void;
}

/**
 * Live updates: one small question per visible frame, and only what changed is read again. It rests while the frame is
 * hidden and stops after half an hour without input.
 */
const watchers = new Set<Watcher>();
let versions: Record<string, string> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let hurried = 0;
let lastInput = Date.now();

function plan(): void {
  clearTimeout(timer);
  if (watchers.size > 0) timer = setTimeout(() => void beat(), hurried > 0 ? EVERY_WHILE_BUSY : EVERY);
}

async function beat(): Promise<void> {
  const resting = document.visibilityState === 'hidden' || Date.now() - lastInput > STOP_AFTER_IDLE;
  if (!resting) {
    try {
      const before = versions;
      const fresh = (await api().pulse.get.query({})).versions;
      versions = fresh;
      if (before) notify((name) => before[name] !== fresh[name]);
    } catch {
      // The next beat tries again; the screen's own reads report what is wrong.
    }
  }
  plan();
}

function notify(moved: (resource: string) => boolean): void {
  for (const watcher of watchers) if (watcher.resources.some((name) => moved(name))) watcher.changed();
}

/** Calls back when one of the resources has a new version. Returns the end of it. */
export function watchPulse(resources: string[], changed: () => void): () => void {
  const watcher = { resources, changed };
  watchers.add(watcher);
  // The versions to compare with are read together with what the screen shows: what moves afterwards is seen.
  if (watchers.size === 1) {
    if (versions) plan();
    else void beat();
  }
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) clearTimeout(timer);
  };
}

/** Asks more often while something the user started is in progress. Returns the end of it. */
export function hurryPulse(): () => void {
  hurried++;
  plan();
  return () => {
    hurried--;
    plan();
  };
}

/** Notes that somebody is here; a pulse that stopped goes on. */
export function noteInput(): void {
  const resumed = Date.now() - lastInput > STOP_AFTER_IDLE;
  lastInput = Date.now();
  if (resumed) void beat();
}
