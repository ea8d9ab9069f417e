import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { databaseAnswers } from "../../../../db/queries/ledger/database-answers.ts";
import type { Env } from "../../env.ts";
import { dashboardResponses } from "./answers.ts";

const Answer = z.object({ status: z.literal("connected"), result: z.literal(1) });

/** An address of older revisions of the frontend's server (contract section 9). */
export const route = createRoute({
  method: "get",
  path: "/test-db",
  operationId: "getDashboardDatabase",
  summary: "Ask whether the database answers",
  tags: ["GitHub dashboards"],
  responses: dashboardResponses("it does", Answer),
});

/** Answers once the database has. */
export async function handler(c: Context<Env>): Promise<Response> {
  await databaseAnswers(c.env.db);
  c.header("cache-control", "no-store");
  return c.json({ status: "connected", result: 1 });
}
