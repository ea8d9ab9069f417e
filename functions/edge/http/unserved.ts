import type { Context } from "hono";
import type { Env } from "../env.ts";
import { answerRefusal, refusal } from "../eosc-perf/errors.ts";
import { githubError } from "../github/errors.ts";
import { errorAnswer } from "./errors.ts";

/** A source's clients read errors in its own shape, at unknown addresses too. */
function isGithub(c: Context<Env>): boolean {
  return /^\/(webhooks\/)?github(\/|$)/.test(c.req.path);
}

function isEoscPerf(c: Context<Env>): boolean {
  return /^\/eosc-perf(\/|$)/.test(c.req.path);
}

/** Answers an address nothing is served at. */
export function notServed(c: Context<Env>): Response {
  if (isGithub(c)) return githubError(c, 404, "Not Found");
  if (isEoscPerf(c)) return answerRefusal(refusal(404), c);
  return errorAnswer(c, 404, "not_found", "Nothing is served at this address.");
}

/** Answers an address that exists, but not for this method. */
export function methodNotServed(c: Context<Env>, methods: readonly string[]): Response {
  c.header("allow", methods.join(", "));
  if (isGithub(c)) return githubError(c, 405, "Method Not Allowed");
  if (isEoscPerf(c)) return answerRefusal(refusal(405), c);
  return errorAnswer(c, 405, "method_not_allowed", `This address serves ${methods.join(", ")}.`);
}
