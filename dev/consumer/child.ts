import { join } from "node:path";
import { type KeptChild, type KeptChildOptions, keptChild } from "../kept-child.ts";
import { FUNCTIONS, type Functions } from "./pollers.ts";

const LAMBDA = join(import.meta.dirname, "..", "consumer.ts");
const SELF_HOST = join(import.meta.dirname, "..", "..", "functions", "ingest", "node.ts");

/** The consumer of a stack. */
export type ConsumerChild = Pick<KeptChild, "pid" | "kill" | "start" | "stop" | "restart">;

type Options = Pick<KeptChildOptions, "env" | "onLog" | "onPid" | "onUp" | "livenessSeconds">;

/** A process that plays AWS for the functions: Neon's driver, any function files. */
export function lambdaChild(options: Options & { functions?: Functions | undefined }): ConsumerChild {
  const { functions = FUNCTIONS, ...rest } = options;
  return keptChild({ ...rest, name: "consumer", entry: LAMBDA, args: [functions.main, functions.deadLetter] });
}

/** The consumer process of the self-host mode. */
export function selfHostChild(options: Options): ConsumerChild {
  return keptChild({ ...options, name: "consumer", entry: SELF_HOST });
}
