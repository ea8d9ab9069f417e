import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { dashboardResponses } from "./answers.ts";

/** The documented columns of workflowruns with MySQL's names of their types (contract section 1). */
export const WORKFLOWRUNS = {
  Id: "int",
  gitid: "bigint",
  author: "varchar",
  runtime: "float",
  createtime: "datetime",
  starttime: "datetime",
  endtime: "datetime",
  queuetime: "bigint",
  status: "varchar",
  conclusion: "varchar",
  url: "varchar",
  branchname: "varchar",
  commithash: "varchar",
  workflowname: "varchar",
  repo: "varchar",
  os: "varchar",
} as const;

const Column = z.object({ COLUMN_NAME: z.string(), DATA_TYPE: z.string() });

/** Contract section 9. */
export const route = createRoute({
  method: "get",
  path: "/db-schema",
  operationId: "getDashboardSchema",
  summary: "Get the columns of workflowruns",
  tags: ["GitHub dashboards"],
  responses: dashboardResponses("the documented columns", z.array(Column)),
});

/** Answers with the documented columns. */
export function handler(c: Context<Env>): Response {
  return c.json(Object.entries(WORKFLOWRUNS).map(([name, type]) => ({ COLUMN_NAME: name, DATA_TYPE: type })));
}
