import type { Context } from "hono";
import { ownerOf } from "../../../../db/queries/eosc-perf/results.ts";
import type { Env } from "../../env.ts";
import type { Caller } from "./caller.ts";
import { refusal } from "./errors.ts";
import { notFound } from "./outcomes.ts";

/** Lets a result's uploader and admins pass; throws a Refusal for an unknown result, then for everybody else. */
export async function onlyOwner(c: Context<Env>, result: string, { sub, iss, isAdmin }: Caller): Promise<void> {
  const owner = await ownerOf(c.env.db, result);
  if (owner === undefined) throw notFound("Result", result);
  if (!isAdmin && (owner.sub !== sub || owner.iss !== iss)) throw refusal(403);
}
