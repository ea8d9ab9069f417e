import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { log } from "../../http/log.ts";
import { githubError } from "../http/errors.ts";

/** Hands a task to the queue and answers; 503 when the queue does not take it. */
export async function answerOnceTaken(
  c: Context<Env>,
  send: () => Promise<void>,
  answer: () => Response,
): Promise<Response> {
  try {
    await send();
  } catch (error) {
    log("task not taken", { requestId: c.get("requestId"), reason: String(error) });
    c.header("Retry-After", "10");
    return githubError(c, 503, "The queue does not take messages; try again.");
  }
  return answer();
}
