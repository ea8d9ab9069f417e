import { z } from "@hono/zod-openapi";
import { listCommits } from "../../../../db/queries/qaboard/commits.ts";
import type { Services } from "../../env.ts";
import { BatchLabel, Instant, Metrics, Project, query } from "../http/parameters.ts";
import { commitJson } from "./commit.ts";

/** Label of the batches of continuous integration. */
const CI_LABEL = "default";

/** Query of both listings (contract section 5.4). */
export const ListingQuery = z.object({
  project: Project,
  from: Instant,
  to: Instant,
  committer: query("only commits of this committer").optional(),
  metrics: Metrics,
  with_outputs: query("`false`, or anything else for true").default("false"),
  batch: BatchLabel,
  only_ci_batches: query("`false`, or anything else to show only the batch `default`").default("false"),
});

/** The commits asked for as the text of a JSON list; `branch` is undefined for those of all branches. */
export async function listingText(
  { db, config }: Pick<Services, "db" | "config">,
  asked: z.infer<typeof ListingQuery>,
  branch?: string,
): Promise<string> {
  const { project, from, to, committer, metrics, batch, with_outputs, only_ci_batches } = asked;
  const label = batch ?? (only_ci_batches === "false" ? undefined : CI_LABEL);
  const rows = await listCommits(
    db,
    { project, branch: branch?.replaceAll("origin/", ""), committer, from, to },
    { label, withOutputs: with_outputs !== "false", metrics },
  );
  return `[${rows.map((row) => commitJson(row, config)).join(",")}]`;
}
