const EVERY_MS = 5000;

/** Looks again every five seconds while the screen is visible (screens.md P10). Call it while a component starts. */
export function everyFewSeconds(look: () => void): void {
  $effect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') look();
    }, EVERY_MS);
    return () => clearInterval(timer);
  });
}
