import { type ConsumerChild, consumerChild } from "../consumer/child.ts";
import { startConsumer } from "../consumer/pollers.ts";
import { restartable } from "../restartable.ts";
import type { StackOptions } from "./types.ts";

/** The consumer a stack was asked for: a child process, or pollers in this process. */
export function consumerOf(options: StackOptions, env: Readonly<Record<string, string>>): ConsumerChild {
  const { functions, onLog = () => {}, onPid = () => {} } = options;
  if (options.consumer === "in-process") return inProcess(options, env);
  return consumerChild({
    env,
    functions,
    onLog: (line, problem) => onLog("consumer", line, problem),
    onPid: (pid) => onPid("consumer", pid),
  });
}

function inProcess({ functions }: StackOptions, env: Readonly<Record<string, string>>): ConsumerChild {
  const held = restartable(() => {
    Object.assign(process.env, env);
    return startConsumer(functions);
  });
  return {
    get pid() {
      return held.current === undefined ? undefined : process.pid;
    },
    kill() {
      throw new Error("a consumer in this process can't be killed alone");
    },
    start: held.start,
    stop: held.stop,
    async restart() {
      await held.stop();
      await held.start();
    },
  };
}
