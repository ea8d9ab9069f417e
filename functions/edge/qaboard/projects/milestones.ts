import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ChangedMilestones } from "../../../../db/upserts/qaboard/milestones.ts";
import type { Env } from "../../env.ts";
import { renderedJson } from "../../http/route.ts";
import { answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { answerText, jsonResponse, textResponse } from "../http/responses.ts";

const Project = z.string().openapi({ description: "id of the project" });
const Key = z
  .string()
  .openapi({ description: "key of the milestone", example: "group/repo/51ff37c77fc9324519a8/default" });

/** Bodies of these routes; also GET has one (contract section 7). */
export const ProjectBody = z.looseObject({ project: Project });
export const KeyBody = z.looseObject({ project: Project, key: Key });
export const MilestoneBody = z.looseObject({
  project: Project,
  key: Key,
  milestone: z
    .unknown()
    .optional()
    .openapi({ description: "any JSON; the web application's has label, notes, commit …" }),
  delete: z
    .union([z.boolean(), z.string()])
    .nullish()
    .openapi({ description: "true, also as a text, removes it instead" }),
});

export const MILESTONES = {
  200: jsonResponse("all milestones of the project, by key", z.looseObject({})),
  ...ERRORS,
  ...BODY_ERRORS,
  404: textResponse("no such project"),
} as const;
export const MILESTONES_AND_KEYS = {
  ...MILESTONES,
  409: errorResponse("there is no such milestone to remove"),
} as const;

/** Answers a project that nobody knows. */
export function unknownProject(c: Context<Env>) {
  return answerText(c, 404, "ERROR: Project not found");
}

/** Answers what a removal left. */
export function answerRemoved(c: Context<Env>, removed: ChangedMilestones | undefined, key: string) {
  if (removed === undefined) return unknownProject(c);
  return removed.known ? renderedJson(c, 200, removed.json) : answerError(c, 409, `There is no milestone ${key}.`);
}
