import * as z from "zod";
import { type GithubId, parseGithubId } from "../../../db/schema/github-id.ts";
import { isRawNumber, type RawNumber } from "../../json-text/exact-json.ts";

/** An id in a payload that was parsed without rounding: any integer from 0 that 64 bits hold. */
export const Id = z
  .union([z.int().nonnegative(), z.custom<RawNumber>(isRawNumber)], "must be an integer of at most 64 bits")
  .transform((value, context): GithubId => {
    const id = typeof value === "number" ? value : parseGithubId(value.rawJSON);
    if (id !== undefined) return id;
    context.addIssue("must be an integer of at most 64 bits");
    return z.NEVER;
  });
