import type { Context } from "hono";
import type { PageSource } from "../../../db/queries/commits/latest.ts";
import type { Env } from "../env.ts";
import { isGithubReader } from "../github/http/may-read.ts";
import { isQaboardReader } from "../qaboard/http/access.ts";

/** Which sources the caller may see: each as its own API decides it. */
export async function readableSources(c: Context<Env>): Promise<Record<PageSource, boolean>> {
  return { github: isGithubReader(c), kernelci: true, qaboard: await isQaboardReader(c), eosc_perf: true };
}

/** What a page says of a source that the caller may not see; it is the same whether the source has anything or not. */
export const NEEDS_TOKEN = { access: "token needed" } as const;
