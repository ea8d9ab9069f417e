import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { answerResponse, submitAnswer } from "./submit-answers.ts";
import { refuseSubmitter, SUBMITTER_SCHEME, submitterOf } from "./submitter.ts";

/** Contract part 02, the submit service. */
export const route = createRoute({
  method: "get",
  path: "/authtest",
  operationId: "testKernelciToken",
  summary: "Is the token good?",
  tags: ["KernelCI submissions"],
  security: [{}, { [SUBMITTER_SCHEME]: [] }],
  responses: { 200: answerResponse("it is"), 401: answerResponse("it is missing or wrong") },
});

/** Answers at once. */
export async function handler(c: Context<Env>): Promise<Response> {
  const submitter = await submitterOf(c);
  if (!submitter.known) return await refuseSubmitter(c, submitter.reason);
  return submitAnswer(c, 200, { id: "0", status: "ok", message: "Authentication successful" });
}
