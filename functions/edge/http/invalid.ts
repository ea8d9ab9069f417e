import type { Hook } from "@hono/zod-openapi";
import type * as z from "zod";
import type { Env } from "../env.ts";
import { errorAnswer } from "./errors.ts";

/** Answers a request that does not fit its route's contract: 400, naming what is wrong first. */
export const refuseInvalid: Hook<unknown, Env, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  return errorAnswer(c, 400, "bad_request", issue === undefined ? "The request is malformed." : told(issue));
};

function told(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `Unknown parameter ${issue.keys.join(", ")}.`;
  return `${issue.path.join(".")}: ${issue.message}`;
}
