import { z } from "@hono/zod-openapi";
import { CLAIM_FIELDS } from "../../../../db/queries/eosc-perf/claims.ts";
import { PageQuery, Status, sortBy, UploadDays } from "../http/parameters.ts";
import { among, readSorts } from "../http/sorting.ts";

/** What lists of claims take (contract section 9). */
export const ClaimQuery = z.strictObject({
  status: Status,
  ...UploadDays,
  ...PageQuery,
  sort_by: sortBy(CLAIM_FIELDS, "+upload_datetime"),
});

/** Reads `sort_by` of claims. */
export const readClaimSorts = (sortBy: string | undefined) => readSorts(sortBy, among(CLAIM_FIELDS));
