import { inject } from "vitest";
import { type Config, readConfig } from "../../functions/ingest/config.ts";

/** The consumer's settings on the shared stack, some of them changed. */
export function functionConfig(change: Readonly<Record<string, string>> = {}): Config {
  return readConfig({ ...inject("stack").functionEnv, ...change });
}
