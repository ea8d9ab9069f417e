import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { originsSince } from "../../../../db/queries/kernelci/origins.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, refused } from "../http/answers.ts";
import { days, readQuery } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";

/** What the dashboard offers as origins of tests, whatever is stored (contract part 08). */
const TEST_ORIGINS = ["0dayci", "arm", "broonie", "linaro", "maestro", "microsoft", "redhat", "riscv", "syzbot", "ti"];

const Query = z.object({
  interval_in_days: days("how many days ago checkouts may have started").optional(),
});

const texts = z.array(z.string());

/** Contract part 08. */
export const route = createRoute({
  method: "get",
  path: "/origins/",
  operationId: "listKernelciOrigins",
  summary: "List origins",
  description: "Who submitted checkouts lately, and whose tests the dashboard knows.",
  tags: ["KernelCI trees"],
  request: { query: Query },
  responses: answersOf("the origins", z.object({ checkout_origins: texts, test_origins: texts })),
});

/** Answers with the origins of a time. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "S");
  if (!read.ok) return read.answer;
  const origins = await originsSince(c.env.db, read.value.interval_in_days ?? c.env.config.KERNELCI_ORIGINS_DAYS);
  if (origins === null) return refused(c, "No origins found");
  return jsonAnswer(c, `{"checkout_origins":${origins},"test_origins":${JSON.stringify(TEST_ORIGINS)}}`);
}
