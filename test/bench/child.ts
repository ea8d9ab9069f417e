import { fork } from "node:child_process";
import { once } from "node:events";
import type * as z from "zod";

/** A process of the benchmark's own, so that what it does costs neither the stack's nor the clock's thread. */
export type Child = {
  /** Hands over a question and resolves with the answer, checked; rejects when the process ends instead. */
  ask<T>(question: unknown, answer: z.ZodType<T>): Promise<T>;
  end(): Promise<void>;
};

/** Starts a file as a process. What it prints on stdout is dropped, as Lambda's log is not ours to read. */
export function startChild(entry: string, env: Readonly<Record<string, string>> = {}): Child {
  const child = fork(entry, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const exited = once(child, "exit");
  return {
    async ask(question, answer) {
      const answered = once(child, "message");
      child.send({ question });
      const ended = exited.then(([code]) => {
        throw new Error(`${entry} ended with status ${code}`);
      });
      const [message] = await Promise.race([answered, ended]);
      return answer.parse(message);
    },
    async end() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** The child's side: answers each question; a failure ends the process, which tells the parent. */
export function answerQuestions<Q>(
  schema: z.ZodType<{ question: Q }>,
  answer: (question: Q) => Promise<unknown>,
): void {
  process.on("message", (message) => {
    void answer(schema.parse(message).question).then(
      (answered) => process.send?.(answered),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on("disconnect", () => process.exit());
}
