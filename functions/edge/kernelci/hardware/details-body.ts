import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Filters } from "../../../../db/queries/kernelci/filters.ts";
import type { HardwareQuestion } from "../../../../db/queries/kernelci/hardware/trees.ts";
import { STATUSES } from "../../../../db/queries/kernelci/status-count.ts";
import type { Env } from "../../env.ts";
import { refused } from "../http/answers.ts";
import { FilterFault, FilterValueFault } from "../http/filters.ts";
import { text } from "../http/parameters.ts";
import { readJson } from "../http/read-json.ts";
import type { PathNames } from "../http/route-table.ts";
import type { Checked } from "../http/validation.ts";
import { filtersOfBody } from "./body-filters.ts";
import { checkBody, notATime, parsePeriod, Range, TimestampFault } from "./range.ts";

/** The path of a hardware's pages. */
export const HardwareParams = z.object({
  hardware_id: z.string().openapi({ description: "a platform, or a compatible of tests", example: "bcm2711-rpi-4-b" }),
});

/** What a hardware's pages are asked (contract part 06). */
export const DetailsBody = z.object({
  ...{ origin: text("origin of the tests").default("maestro"), ...Range },
  selectedCommits: z
    .record(z.string(), z.string())
    .openapi({ description: "by a tree's index the hash to show, or `head`; empty: all trees at their heads" }),
  filter: z
    .record(z.string(), z.unknown())
    .nullable()
    .default({})
    .openapi({ description: "filters (`filter_<field>`): a text or a list of texts each" }),
});

/** A page's question and its filters. */
export type HardwareDetails = { question: HardwareQuestion; filters: Filters };

/** Reads a request for a hardware's page, or answers what is wrong with it; `summary` has two answers of its own. */
export async function readDetails(
  c: Context<Env>,
  { hardware_id: hardware = "" }: PathNames,
  page: "summary" | "records" = "records",
): Promise<Checked<HardwareDetails>> {
  const body = await readJson(c);
  if (!body.ok) return body;
  const isSummary = page === "summary";
  const read = checkBody(c, DetailsBody, body.value, isSummary);
  if (!read.ok) return read;
  const { origin, selectedCommits: selected, filter, ...range } = read.value;
  if (filter === null) return { ok: false, answer: refused(c, "The filter is not an object.") };
  try {
    const question = { hardware, origin, selected, ...parsePeriod(range) };
    const filters = filtersOfBody(filter);
    if (isSummary && !hasKnownStatuses(filters)) throw new FilterFault("Invalid filter key or value");
    return { ok: true, value: { question, filters } };
  } catch (error) {
    if (error instanceof TimestampFault || error instanceof FilterValueFault)
      return { ok: false, answer: notATime(c, isSummary ? error.message : undefined) };
    if (error instanceof FilterFault) return { ok: false, answer: refused(c, error.message) };
    throw error;
  }
}

function hasKnownStatuses({ build, boot, test }: Filters): boolean {
  const known: readonly string[] = STATUSES;
  return [build, boot, test].every(({ statuses }) => statuses.every((status) => known.includes(status)));
}
