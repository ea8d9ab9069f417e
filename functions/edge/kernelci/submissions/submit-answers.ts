import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isUnavailable } from "../../../../db/errors.ts";
import type { Env } from "../../env.ts";

/** What the submit service answers with (contract part 02): JSON, sent as plain text. */
const SubmitAnswer = z
  .object({
    id: z.string().openapi({ description: "of the submission: 32 letters and digits; 0 where there is none" }),
    status: z.string().openapi({ example: "ok" }),
    message: z.string(),
  })
  .openapi("KernelciSubmitAnswer");

/** An OpenAPI response of that shape. */
export const answerResponse = (description: string) => ({
  description,
  content: { "text/plain": { schema: SubmitAnswer } },
});

/** Answers in that shape. */
export function submitAnswer(
  c: Context<Env>,
  code: ContentfulStatusCode,
  { id, status, message }: z.infer<typeof SubmitAnswer>,
): Response {
  c.header("cache-control", "no-store");
  return c.text(JSON.stringify({ id, status, message }), code, { "content-type": "text/plain; charset=utf-8" });
}

/** Answers with an error that concerns no submission in particular. */
export function submitError(c: Context<Env>, code: ContentfulStatusCode, message: string): Response {
  return submitAnswer(c, code, { id: "0", status: "error", message });
}

/** Answers what no handler of the submit service caught. */
export function answerSubmitFailure(error: Error, c: Context<Env>): Response {
  if (!isUnavailable(error)) return submitError(c, 500, "Something went wrong on our side");
  c.header("retry-after", "5");
  return submitError(c, 503, "The database does not answer; try again");
}
