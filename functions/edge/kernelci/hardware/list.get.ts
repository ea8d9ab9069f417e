import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listHardware } from "../../../../db/queries/kernelci/hardware/list.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { instantOf } from "../http/instant.ts";
import { queryOf, refuse, text } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";
import { check } from "../http/validation.ts";

/** Far more than the dashboard's selector holds. */
const MAX_COMMITS = 1_000;

const time = z.string().openapi({ type: "string", description: "unix seconds, milliseconds, or an ISO time" });
const Query = z.object({
  startTimestampInSeconds: time,
  endTimestampInSeconds: time,
  origin: text("origin of the tests").default("maestro"),
  commitsList: text("comma list of hashes and tags; without it the newest checkout of each branch counts").optional(),
});

const date = z.unknown().transform((given, context) => {
  if (typeof given !== "string")
    return refuse(context, { type: "datetime_type", msg: "Input should be a valid datetime" });
  const instant = instantOf(given);
  if (instant !== undefined) return instant;
  return refuse(context, {
    type: "datetime_from_date_parsing",
    msg: "Input should be a valid datetime or date",
    ctx: { error: "not a date or time of ISO 8601" },
  });
});

/** The query under the names that its errors have (contract part 06, list). */
const Asked = z.object({
  start_date: date,
  end_date: date,
  origin: z.string().default("maestro"),
  commits: z.array(z.string()).max(MAX_COMMITS),
});

const Count = z.object({ PASS: z.int(), FAIL: z.int(), INCONCLUSIVE: z.int() });
const Hardware = z.object({
  ...{ hardware: z.array(z.string()).nullable(), platform: z.string() },
  ...{ test_status_summary: Count, boot_status_summary: Count, build_status_summary: Count },
});

/** Contract part 06, list. */
export const route = createRoute({
  method: "get",
  path: "/hardware/",
  operationId: "listKernelciHardware",
  summary: "List hardware",
  description: "Platforms that tests of an origin ran on, with counts of the newest checkouts of a time range.",
  tags: ["KernelCI hardware"],
  request: { query: Query },
  responses: answersOf("the hardware", z.object({ hardware: z.array(Hardware) })),
});

/** Answers with the hardware of a time range. */
export async function handler(c: Context<Env>): Promise<Response> {
  const given = (name: keyof typeof Query.shape) => queryOf(c).getAll(name).at(-1);
  const asked = check(
    c,
    Asked,
    {
      start_date: given("startTimestampInSeconds") ?? null,
      end_date: given("endTimestampInSeconds") ?? null,
      origin: given("origin"),
      commits: parseCommits(given("commitsList") ?? ""),
    },
    "S",
  );
  if (!asked.ok) return asked.answer;
  const { start_date: since, end_date: until, origin, commits } = asked.value;
  const hardware = await listHardware(c.env.db, { origin, since, until, commits });
  return hardware === "[]" ? nothingFound(c, "No hardware found") : jsonAnswer(c, `{"hardware":${hardware}}`);
}

function parseCommits(list: string): string[] {
  return list
    .split(",")
    .map((commit) => commit.trim())
    .filter((commit) => commit !== "");
}
