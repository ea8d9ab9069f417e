import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { repositoriesByName } from "../../../../db/queries/github/dashboard/repositories.ts";
import type { Env } from "../../env.ts";
import { keepUntilStale } from "../insights/answer.ts";
import { dashboardResponses } from "./answers.ts";

const Repo = z.object({
  id: z.int().openapi({ description: "id of the row", example: 1 }),
  name: z.string().openapi({ example: "iree-org/iree" }),
});

/** Contract section 9. */
export const route = createRoute({
  method: "get",
  path: "/metrics/repos",
  operationId: "listDashboardRepositories",
  summary: "List repositories for the dashboards' frontend",
  tags: ["GitHub dashboards"],
  responses: dashboardResponses("the repositories, by name", z.array(Repo)),
});

/** Answers with all repositories. */
export async function handler(c: Context<Env>): Promise<Response> {
  const found = await repositoriesByName(c.env.db);
  keepUntilStale(c, new Date().toISOString());
  return c.json(found);
}
