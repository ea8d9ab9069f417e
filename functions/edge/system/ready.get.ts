import { z } from "@hono/zod-openapi";
import { expectedMigrations } from "../../../db/expected-migrations.ts";
import { appliedMigrations } from "../../../db/queries/ledger/applied-migrations.ts";
import { databaseAnswers } from "../../../db/queries/ledger/database-answers.ts";
import type { Services } from "../env.ts";
import { anyone } from "../http/admin.ts";
import { defineRoute } from "../http/route.ts";
import { recently } from "./recently.ts";
import { within } from "./within.ts";

const LIMIT_MS = 500;

const Part = z.enum(["ok", "failed", "behind"]);
const Readiness = z
  .object({
    status: z.enum(["ready", "not_ready"]),
    parts: z
      .object({ database: Part, migrations: Part, queue: Part, objects: Part, consumer: Part.optional() })
      .openapi({
        description:
          "behind: the database lacks migrations this release needs. consumer: only where a supervisor watches it; failed while it is stuck or started again",
      }),
  })
  .openapi("Readiness");
type Parts = z.infer<typeof Readiness>["parts"];

const content = { "application/json": { schema: Readiness } };

async function askParts({ db, queue, objects, supervised }: Services): Promise<Parts> {
  const [database, migrations, waiting, bucket] = await Promise.allSettled([
    within(LIMIT_MS, databaseAnswers(db)),
    within(LIMIT_MS, appliedMigrations(db)),
    within(LIMIT_MS, queue.depth()),
    within(LIMIT_MS, objects.check()),
  ]);
  const consumer = supervised.get("consumer");
  const isBehind = migrations.status === "rejected" || migrations.value < expectedMigrations;
  return {
    database: database.status === "fulfilled" ? "ok" : "failed",
    migrations: isBehind ? (database.status === "fulfilled" ? "behind" : "failed") : "ok",
    queue: waiting.status === "fulfilled" ? "ok" : "failed",
    objects: bucket.status === "fulfilled" ? "ok" : "failed",
    ...(consumer === undefined ? {} : { consumer: consumer ? "ok" : "failed" }),
  };
}

const recentParts = recently(5_000, askParts);

/** Whether what requests need is there. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/ready",
    operationId: "getReadiness",
    summary: "Can requests be served?",
    description:
      "Asks database, queue and the bucket of raw bodies, each for half a second at most. The answer is up to 5 s old.",
    tags: ["System"],
    responses: {
      200: { description: "everything answers", content },
      503: { description: "a part does not; `parts` names it", content },
    },
  },
  access: anyone,
  handler: async (c) => {
    c.header("cache-control", "no-store");
    const parts = await recentParts(c.env);
    const isReady = Object.values(parts).every((part) => part === "ok");
    return isReady
      ? c.json({ status: "ready" as const, parts }, 200)
      : c.json({ status: "not_ready" as const, parts }, 503);
  },
});
