import type { Context } from "hono";
import { isUnavailable, isUnstorableText } from "../../../../db/errors.ts";
import { ResponseTooLarge } from "../../../../db/queries/bounded-rows.ts";
import type { Env } from "../../env.ts";
import { BodyError } from "../../http/body-stream.ts";
import { refused } from "./answers.ts";
import { errorPage } from "./pages.ts";

/** Answers what no handler caught, in this API's shapes; callers come again after a 503. */
export async function answerKernelciFailure(error: Error, c: Context<Env>): Promise<Response> {
  if (isUnavailable(error)) {
    c.header("retry-after", "5");
    return refused(c, "The database does not answer.", 503);
  }
  if (error instanceof BodyError) {
    c.header("retry-after", "2");
    return refused(c, "Too many requests are being received.", 503);
  }
  if (error instanceof ResponseTooLarge) return refused(c, error.message);
  if (isUnstorableText(error)) return refused(c, "A text holds a character that cannot be stored.");
  return await errorPage(c, 500);
}
