import type { Context } from "hono";
import { FLAVOR_FIELDS } from "../../../../db/queries/eosc-perf/flavors.ts";
import { siteOf } from "../../../../db/queries/eosc-perf/sites.ts";
import type { Env } from "../../env.ts";
import { notFound } from "../http/outcomes.ts";
import { among, readSorts } from "../http/sorting.ts";

/** Reads `sort_by` of a site's flavors; throws a Refusal, for an unknown site rather than for a wrong order. */
export async function readFlavorSorts(c: Context<Env>, site: string, sortBy: string | undefined) {
  try {
    return readSorts(sortBy, among(FLAVOR_FIELDS));
  } catch (error) {
    if ((await siteOf(c.env.db, site)) === undefined) throw notFound("Record", site);
    throw error;
  }
}
