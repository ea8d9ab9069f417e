import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listHardwareTests } from "../../../../db/queries/kernelci/hardware/tests.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { readQuery, truth } from "../http/parameters.ts";
import type { PathNames } from "../http/route-table.ts";
import { NO_RECORDS, NO_TREES } from "./answers.ts";
import { readDetails } from "./details-body.ts";

/** How much is shown of where a test ran. */
export const EnvironmentQuery = z.object({
  full_environment_misc: truth("whether all of environment_misc is shown, not the platform alone").default(false),
});

/** Answers with the boots or the other tests of a hardware (contract part 06, Records). */
export async function answerHardwareTests(
  c: Context<Env>,
  names: PathNames,
  kind: "boots" | "tests",
): Promise<Response> {
  const environment = readQuery(c, EnvironmentQuery, "S");
  if (!environment.ok) return environment.answer;
  const asked = await readDetails(c, names);
  if (!asked.ok) return asked.answer;
  const { question, filters } = asked.value;
  const whole = environment.value.full_environment_misc;
  const { has_trees, has_records, items } = await listHardwareTests(c.env.db, question, filters, { kind, whole });
  if (!has_trees) return nothingFound(c, NO_TREES);
  return has_records ? jsonAnswer(c, `{"${kind}":${items}}`) : nothingFound(c, NO_RECORDS[kind]);
}
