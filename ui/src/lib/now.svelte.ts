let moment = $state(Date.now());
let readers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The present, renewed each minute while somebody shows it. Call it while a component starts. */
export function ticking(): () => number {
  $effect(() => {
    if (readers++ === 0) timer = setInterval(() => (moment = Date.now()), 60_000);
    return () => {
      if (--readers === 0) clearInterval(timer);
    };
  });
  return () => moment;
}
