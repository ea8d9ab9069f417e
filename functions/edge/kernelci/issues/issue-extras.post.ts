import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { issueExtras } from "../../../../db/queries/kernelci/issue/extras.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound, refused } from "../http/answers.ts";
import { IssueExtras } from "../http/object-shapes.ts";
import { readJson } from "../http/read-json.ts";
import { answersOf } from "../http/shapes.ts";
import { integer } from "../http/typed.ts";
import { check } from "../http/validation.ts";

/** Far more than a page of the dashboard lists. */
const MAX_ISSUES = 10_000;

const Asked = z.object({
  issues: z
    .array(z.unknown())
    .max(MAX_ISSUES)
    .pipe(z.array(z.tuple([z.string(), integer("version of the issue")])))
    .openapi({
      type: "array",
      minItems: 1,
      items: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], minItems: 2, maxItems: 2 },
      description: "id and version of each issue",
    }),
});

/** Contract part 07, extra details. */
export const route = createRoute({
  method: "post",
  path: "/issue/extras/",
  operationId: "getKernelciIssueExtras",
  summary: "Get where issues were seen",
  description: "First and last incident of each issue, and the trees that each version was seen in.",
  tags: ["KernelCI issues"],
  request: { body: { required: true, content: { "application/json": { schema: Asked } } } },
  responses: answersOf("the details", z.object({ issues: IssueExtras })),
});

/** Answers with the extra details of the issues asked for. */
export async function handler(c: Context<Env>): Promise<Response> {
  const body = await readJson(c);
  if (!body.ok) return body.answer;
  const asked = check(c, Asked, body.value, "S");
  if (!asked.ok) return asked.answer;
  if (asked.value.issues.length === 0) return refused(c, "Invalid body, the issue list must not be empty");
  const extras = await issueExtras(c.env.db, asked.value.issues);
  if (extras === null) return nothingFound(c, "No extra details found. Issue id has no incident or doesn't exist.");
  return jsonAnswer(c, `{"issues":${extras}}`);
}
