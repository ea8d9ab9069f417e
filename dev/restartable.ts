/** A part of the stack that can be stopped and started while the others run. */
export type Restartable = { stop(): Promise<void>; start(): Promise<unknown> };

/** Holds one running part: the same options at every start, no second one beside it. */
export type Holder<Part> = Restartable & { readonly current: Part | undefined };

/** Makes a startable part restartable. `start` must give the part its old addresses again. */
export function restartable<Part extends { stop(): Promise<void> }>(startPart: () => Promise<Part>): Holder<Part> {
  let current: Part | undefined;
  return {
    get current() {
      return current;
    },
    async start() {
      current ??= await startPart();
    },
    async stop() {
      const ending = current;
      current = undefined;
      await ending?.stop();
    },
  };
}
