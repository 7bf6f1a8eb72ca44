/** Runs `work` never twice at once; called while it runs, it runs once more after that. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const loop = async (): Promise<void> => {
    for (again = true; again;) {
      again = false;
      await work();
    }
  };
  return () => {
    again = true;
    running ??= loop().finally(() => {
      running = null;
    });
    return running;
  };
}
