import { NodeConfig, readNodeConfig } from "../../functions/edge/node/config.ts";
import { ConsumerConfig, readConsumerConfig } from "../../functions/ingest/poll/config.ts";
import { WrongConfiguration } from "../../functions/node/run-process.ts";

type Given = Readonly<Record<string, string | undefined>>;

/** Stands for what the stack says to its parts by itself. */
const SAID_BY_THE_STACK: Readonly<Record<string, string>> = {
  PORT: "0",
  DATABASE_URL: "postgres://localhost",
  NEON_LOCAL_PROXY: "",
  QUEUE_URL: "http://localhost",
  DEAD_LETTER_QUEUE_URL: "http://localhost",
  OBJECTS_URL: "http://localhost",
  AWS_REGION: "-",
  AWS_ACCESS_KEY_ID: "-",
  AWS_SECRET_ACCESS_KEY: "-",
};
/** Made at the first start, unless they are given. */
const KEPT_SECRETS: Readonly<Record<string, string>> = { RECEIPT_KEY: "-".repeat(16) };

/** Every setting of the edge and of the functions. */
export const HANDED_ON = Object.keys({ ...NodeConfig.shape, ...ConsumerConfig.shape });

/** The settings of the edge and of the functions that are handed on as they are given. */
export function handedOn(given: Given): Record<string, string> {
  const pairs = HANDED_ON.flatMap((name) => {
    const value = given[name];
    return value === undefined || name in SAID_BY_THE_STACK ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}

/** What is wrong with settings that are handed on, before anything is started with them. */
export function wrongIn(env: Readonly<Record<string, string>>): string[] {
  const whole = { ...KEPT_SECRETS, ...env, ...SAID_BY_THE_STACK };
  return [readNodeConfig, readConsumerConfig].flatMap((read) => {
    try {
      read(whole);
      return [];
    } catch (error) {
      if (error instanceof WrongConfiguration) return error.problems;
      throw error;
    }
  });
}
