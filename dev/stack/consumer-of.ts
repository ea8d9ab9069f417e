import { type ConsumerChild, lambdaChild, selfHostChild } from "../consumer/child.ts";
import { startConsumer } from "../consumer/pollers.ts";
import { restartable } from "../restartable.ts";
import { LIVENESS_SECONDS, type StackOptions } from "./types.ts";

/** The consumer a stack was asked for: the self-host mode's process, a process that plays AWS, or pollers in this one. */
export function consumerOf(
  options: StackOptions,
  env: Readonly<Record<string, string>>,
  onUp: (isUp: boolean) => void,
): ConsumerChild {
  const { functions, onLog = () => {}, onPid = () => {} } = options;
  const shared = {
    env,
    onUp,
    livenessSeconds: options.livenessSeconds ?? LIVENESS_SECONDS,
    onLog: (line: string, problem: boolean) => onLog("consumer", line, problem),
    onPid: (pid: number) => onPid("consumer", pid),
  };
  if (options.mode === "node") {
    if (functions !== undefined) throw new Error("the self-host mode runs no other functions than the project's");
    return selfHostChild(shared);
  }
  if (options.consumer === "in-process") return inProcess(options, env);
  return lambdaChild({ ...shared, functions });
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
