/** Runs work together with other work, or with none beside it, in the order in which it was asked for. */
export type Turns = {
  together<T>(work: () => Promise<T>): Promise<T>;
  alone<T>(work: () => Promise<T>): Promise<T>;
};

export function openTurns(): Turns {
  let lastAlone: Promise<unknown> = Promise.resolve();
  const running = new Set<Promise<unknown>>();
  return {
    together(work) {
      const run = lastAlone.then(work).finally(() => running.delete(run));
      running.add(run);
      return run;
    },
    alone(work) {
      const run = Promise.allSettled([lastAlone, ...running]).then(work);
      lastAlone = run.catch(() => {});
      return run;
    },
  };
}
