import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { nothingFound } from "../http/answers.ts";
import { tellChat } from "../http/tell-chat.ts";

/** Answers for a checkout that nothing was built of, which the operators' chat hears of. */
export function noBuilds(c: Context<Env>): Response {
  tellChat(c, "Found checkout without builds");
  return nothingFound(c, "No builds available for this tree/branch/commit");
}
