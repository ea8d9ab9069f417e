import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Insight } from "../../../../db/queries/github/insights/chosen-runs.ts";
import type { Env } from "../../env.ts";
import { keepFor } from "../../http/edge-cache.ts";
import { answerIn, jsonAnswer } from "../http/answers.ts";
import { githubError } from "../http/errors.ts";

const PRESENT_SECONDS = 15;
const PAST_SECONDS = 60;

/** The window as answers repeat it. */
export const WindowShape = z.object({
  since: z.string().openapi({ example: "2025-03-13T12:00:00Z" }),
  until: z.string().openapi({ example: "2025-03-20T12:00:00Z" }),
});

/** Answers with an insight into how things were at `until`; 422 when a workflow that was asked for does not exist. */
export function insightAnswer<T extends z.infer<typeof Insight>>(
  c: Context<Env>,
  found: T | undefined,
  until: string,
  answer: (found: T) => Record<string, unknown>,
): Response {
  return answerIn(c, found, (insight) => {
    if (!insight.known) return unknownValue(c, "workflow");
    keepUntilStale(c, until);
    return jsonAnswer(c, printObject(answer(insight)));
  });
}

/** JSON that the database has printed. It is passed on as it is, since a double does not hold every id. */
export class PrintedJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function printObject(members: Record<string, unknown>): string {
  const print = (value: unknown) => (value instanceof PrintedJson ? value.text : JSON.stringify(value));
  return `{${Object.entries(members).map(([name, value]) => `${JSON.stringify(name)}:${print(value)}`)}}`;
}

/** 422 for a parameter that can be read but not answered. */
export function unknownValue(c: Context<Env>, field: string): Response {
  return githubError(c, 422, "Validation Failed", [{ resource: "Insight", field, code: "invalid" }]);
}

/** Lets an answer about `until` be kept: for longer when that is past, since only late events still change it. */
export function keepUntilStale(c: Context<Env>, until: string): void {
  const isPast = Date.now() - Date.parse(until) > PAST_SECONDS * 1_000;
  const isRestricted = c.env.config.GITHUB_READ_TOKEN_SHA256.length > 0;
  keepFor(c, isPast ? PAST_SECONDS : PRESENT_SECONDS, isRestricted ? "some" : "everyone");
}
