import type { ExecutionContext } from "hono";

/** Work a request leaves behind, as the Worker's runtime keeps it. */
export type Background = { context: ExecutionContext; finished(): Promise<void> };

/** An execution context for Node: what is handed to `waitUntil` may finish before the process ends. */
export function background(onFailure: (error: unknown) => void): Background {
  const open = new Set<Promise<unknown>>();
  return {
    context: {
      waitUntil(work) {
        const kept = work.catch(onFailure).finally(() => open.delete(kept));
        open.add(kept);
      },
      passThroughOnException() {},
      props: {},
    },
    async finished() {
      await Promise.all(open);
    },
  };
}
